"""Azure DevOps Boards: how it is spoken to, and what its answers mean."""
