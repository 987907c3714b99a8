"""What can stand in the way of setting up `.venv`, and what a person can do about it."""

from typing import NamedTuple, Tuple


class CannotSetUp(Exception):
    """Says what stands in the way and what to do, in a sentence or two."""


class Remedy(NamedTuple):
    signs: Tuple[str, ...]
    sentence: str


# The signs are words that pip, Python and the system print. The first remedy that fits is told, so a cause
# stands before what follows from it: pip ends nearly every failure with "No matching distribution found".
REMEDIES = (
    Remedy(
        ("No space left on device", "Disk quota exceeded"),
        "the disk is full. Make about 300 MB free, then run the same command again.",
    ),
    Remedy(
        ("DO NOT MATCH THE HASHES",),
        "the package index served a file that is not the one in the lock file, so nothing of it was used."
        " Try again; if it stays so, ask whoever runs the package index.",
    ),
    Remedy(
        ("Permission denied", "Read-only file system"),
        "a file cannot be written here."
        " Run this as the owner of the folder, or copy the folder to a place of your own.",
    ),
    Remedy(
        ("CERTIFICATE_VERIFY_FAILED", "SSLError"),
        "the certificate of the package index is not trusted here."
        " Name your organisation's certificate file (`pip config set global.cert FILE`), then try again.",
    ),
    Remedy(
        ("HTTP error 401", "HTTP error 403", "HTTP error 407", "401 Client Error", "403 Client Error"),
        "the package index refuses us."
        " Tell pip the address and sign-in that your organisation uses"
        " (`pip config set global.index-url URL`), then try again.",
    ),
    Remedy(
        ("NewConnectionError", "NameResolutionError", "TimeoutError", "ProxyError", "Max retries exceeded"),
        "the package index cannot be reached. Check the network; for a proxy or a mirror, tell pip once"
        " (`pip config set global.proxy URL`, `pip config set global.index-url URL`); then try again.",
    ),
    Remedy(
        ("No matching distribution found",),
        "the package index offers no ready-made package for this machine and this Python."
        " Use CPython 3.11 to 3.14 on Linux, macOS or Windows; if the index is your organisation's own,"
        " check its address and your sign-in (`pip config list`) and that it holds all of the lock file.",
    ),
)


def explain(what: str, output: str) -> str:
    """Say what kept `what` from being done: the remedy that fits its output, and the line that shows it."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    for remedy in REMEDIES:
        telling = [line for line in lines if any(sign in line for sign in remedy.signs)]
        if telling:
            return f"{remedy.sentence}\n  {what} said: {telling[-1]}"
    return f"{what} failed, and said last:\n  " + "\n  ".join(lines[-15:])
