"""How the service answers who is not signed in: it depends on the method."""

from __future__ import annotations

from adapters.sandbox.answer import Answer

PAGE = b"""<!DOCTYPE html>
<html lang="en"><head><title>Sign in to your account</title></head>
<body><form action="https://login.microsoftonline.com/common/oauth2/authorize" method="post">
<h1>Sign in</h1></form></body></html>
"""
REALM = 'Basic realm="https://tfsprodsin1.app.visualstudio.com/"'
HTML = "text/html; charset=utf-8"


def answer(method: str) -> Answer:
    """Reads and POST get a sign-in page that looks like success, others an empty 401."""
    return page() if method in {"GET", "POST"} else refusal()


def refusal() -> Answer:
    return Answer(401, content_type="", headers={"WWW-Authenticate": REALM})


def page(status: int = 203) -> Answer:
    return Answer(status, PAGE, HTML)


def redirect() -> Answer:
    """To the sign-in page of another host."""
    where = "https://spsprodcin2.vssps.visualstudio.com/_signin?realm=dev.azure.com&protocol=&context="
    moved = b"<html><head><title>Object moved</title></head><body><h2>Object moved.</h2></body></html>"
    return Answer(302, moved, HTML, {"Location": where})
