"""The tokens with which people and services sign in, and what becomes of them."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass, replace
from hashlib import sha256

from adapters.sandbox.people import People
from adapters.sandbox.person import Person

MARK = "s4ndb0xt0ken"
"""Stands in each token of the sandbox, so that one can be recognised wherever it should not be."""


@dataclass(frozen=True, slots=True)
class Token:
    person: Person
    may_write: bool = True
    is_valid: bool = True


class Tokens:
    def __init__(self, people: People) -> None:
        self._people = people
        self._tokens: dict[str, Token] = {}

    def issue(self, sign_in: str, *, may_write: bool = True) -> str:
        """Asked again, the same token; `may_write` False makes another one."""
        person = self._people.signed_in_as(sign_in)
        text = _like_the_services(f"sandbox:token:{person.id}:{may_write}")
        self._tokens.setdefault(text, Token(person, may_write))
        return text

    def accept(self, text: str, sign_in: str) -> None:
        """A token that an identity service has given out."""
        self._tokens[text] = Token(self._people.signed_in_as(sign_in))

    def expire(self, text: str) -> None:
        self._tokens[text] = replace(self._tokens[text], is_valid=False)

    def renew(self, text: str) -> None:
        self._tokens[text] = replace(self._tokens[text], is_valid=True)

    def rescope(self, text: str, *, may_write: bool) -> None:
        """Whoever issued it edits its scopes; the token stays the same."""
        self._tokens[text] = replace(self._tokens[text], may_write=may_write)

    def of_header(self, authorization: str) -> Token | None:
        """None: unknown, malformed or no longer valid, which the service does not tell apart."""
        scheme, _, rest = authorization.partition(" ")
        token = self._tokens.get(_secret(scheme.lower(), rest.strip()))
        return token if token and token.is_valid else None


def _like_the_services(seed: str) -> str:
    """84 letters and digits, with the signature of Azure DevOps where it has it."""
    return f"{MARK}{sha256(seed.encode()).hexdigest()}AZDO0000"


def _secret(scheme: str, rest: str) -> str:
    if scheme == "bearer":
        return rest
    if scheme != "basic":
        return ""
    try:
        return b64decode(rest, validate=True).decode("utf-8").partition(":")[2]
    except (NotBase64, UnicodeDecodeError):
        return ""
