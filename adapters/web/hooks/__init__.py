"""Service hooks: Azure DevOps says that something has happened, and Shunter looks for itself."""
