"""An identity service for the tests: OAuth 2 and OpenID Connect by Authlib, over TLS, with the paths of Entra ID."""
