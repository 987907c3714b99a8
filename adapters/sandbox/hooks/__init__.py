"""Service hooks: who is subscribed to what, and the posts that they get."""
