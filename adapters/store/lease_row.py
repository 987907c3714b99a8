"""The row of the lease: the name of its table, which is there before any other."""

LEASE = "shunter_lease"
