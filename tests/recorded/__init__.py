"""What others have recorded of the real service, held against the sandbox and against what Shunter reads."""
