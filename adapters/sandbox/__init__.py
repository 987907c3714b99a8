"""An embedded Azure DevOps: one organisation in memory, as strict as the service, spoken to over HTTP."""
