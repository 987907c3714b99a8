"""Whether the rules are right: tables, properties, and the worked examples, on values alone."""
