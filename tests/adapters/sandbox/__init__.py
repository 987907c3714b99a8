"""Is the embedded Azure DevOps as strict as the service?"""
