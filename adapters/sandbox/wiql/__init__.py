"""The query language of work items: read, checked against the process, and answered."""
