"""What Shunter checks of its account's rights, held against an Azure DevOps that enforces them."""
