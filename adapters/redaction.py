"""Redaction: words that others chose, such as a server's or a library's, are shown without what looks like a secret."""

from __future__ import annotations

import re

from adapters.configuration.secret import HIDDEN, TOKEN

_NAMES = (
    "client_secret|client_assertion|assertion|access_token|refresh_token|id_token|device_code|password|passwd|pwd|pat"
    "|secret|api_?key|sig|signature"
)
_PATTERNS = (
    re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.DOTALL),
    re.compile(r"(?<=://)[^/\s@\"']+(?=@)"),
    re.compile(rf"(?i)(?<![a-z])(?P<before>({_NAMES})(=|[\"']?\s*:\s*[\"']|%3d))[^&\s\"',;]+"),
    # Not "Basic authentication" nor "Bearer token", which are words.
    re.compile(r"(?i)(?P<before>\b(basic|bearer)\s+)(?=[a-z]*[^a-z\s])[a-z0-9+/_.~%-]{8,}=*"),
    re.compile(r"eyJ[\w-]{10,}(\.[\w-]*)*"),
    TOKEN,
)


def redacted(text: str) -> str:
    for pattern in _PATTERNS:
        text = pattern.sub(_hidden, text)
    return text


def _hidden(found: re.Match[str]) -> str:
    return f"{found.groupdict().get('before', '')}{HIDDEN}"
