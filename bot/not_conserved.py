"""Not conserved: a sum over all fixes that does not add up."""


class NotConserved(Exception):
    """A fix stands nowhere, or in two places: nothing may be decided on such a sum."""
