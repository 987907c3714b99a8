"""Rights: what Shunter's account must be allowed in Azure DevOps, and what it must not."""
