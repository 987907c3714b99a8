"""The terminal: rows as tables or JSON, plans as differences, in plain text wherever nobody watches."""
