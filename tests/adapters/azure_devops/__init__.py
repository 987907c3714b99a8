"""Whether Azure DevOps is spoken to as it wants to be, and whatever it answers is understood or refused."""
