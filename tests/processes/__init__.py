"""Real processes: Shunter as it runs for months, killed, stopped, cut off and starved, against a server on a socket."""
