"""The store: a mirror of the work items as last read, and the ledger of what was done and why."""
