"""Every request of the suite to the sandbox, held against the official Swagger of the service."""
