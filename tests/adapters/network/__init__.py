"""The way outside: TLS, proxies, time and size, against servers that misbehave on purpose."""
