"""The official client for Node, as it is, against the sandbox on a port."""
