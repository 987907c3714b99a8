"""The network: how the outside is reached, whichever part of it, and what counts as having heard from it."""
