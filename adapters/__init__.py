"""Everything outside the domain: Azure DevOps and its stand-in, the store, configuration, notices, web."""
