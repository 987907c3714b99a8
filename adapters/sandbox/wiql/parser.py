"""Reads a flat query over work items; what the grammar has not, it refuses by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from adapters.sandbox.refusals import not_known_here
from adapters.sandbox.wiql.query import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    FieldName,
    Literal,
    Macro,
    Not,
    Operand,
    Query,
    SortKey,
)
from adapters.sandbox.wiql.tokens import Token, TokenKind, syntax_error, tokens

T = TypeVar("T")

SYMBOLS = {"=", "<>", "<", ">", "<=", ">="}
NEGATABLE = ("IN", "CONTAINS", "UNDER")


def parse(text: str) -> Query:
    return _Parser(tokens(text)).query()


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._at = 0

    def query(self) -> Query:
        self._expect("SELECT", "The query statement is missing a SELECT clause.")
        columns = tuple(self._list(self._field))
        self._expect("FROM", "The query statement is missing a FROM clause.")
        self._source()
        where = self._any_of() if self._accept("WHERE") else None
        order = self._order() if self._accept("ORDER") else ()
        as_of = self._take(TokenKind.TEXT, "a date").text if self._accept("ASOF") else None
        self._take(TokenKind.END, "the end of the query")
        return Query(columns, where, order, as_of)

    def _source(self) -> None:
        source = self._take(TokenKind.WORD, "workitems").text
        if source == "WORKITEMLINKS":
            raise not_known_here("queries over workitemLinks")
        if source != "WORKITEMS":
            raise syntax_error("The FROM clause names neither workitems nor workitemLinks.", source)

    def _order(self) -> tuple[SortKey, ...]:
        self._expect("BY", "ORDER needs BY.")
        return tuple(self._list(self._sort_key))

    def _sort_key(self) -> SortKey:
        field = self._field()
        if self._accept("DESC"):
            return SortKey(field, descending=True)
        self._accept("ASC")
        return SortKey(field, descending=False)

    def _any_of(self) -> Condition:
        parts = [self._all_of()]
        while self._accept("OR"):
            parts.append(self._all_of())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _all_of(self) -> Condition:
        parts = [self._clause()]
        while self._accept("AND"):
            parts.append(self._clause())
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _clause(self) -> Condition:
        if self._accept("NOT"):
            return Not(self._clause())
        if self._accept("("):
            inner = self._any_of()
            self._expect(")", "A closing bracket is missing.")
            return inner
        ever = self._accept("EVER")
        comparison = self._comparison()
        return Comparison(comparison.field, "EVER", comparison.operands) if ever else comparison

    def _comparison(self) -> Comparison:
        field = self._field()
        operator = self._operator()
        if operator in {"IS EMPTY", "IS NOT EMPTY"}:
            return Comparison(field, operator, ())
        if operator in {"IN", "NOT IN"}:
            return Comparison(field, operator, self._values())
        return Comparison(field, operator, (self._operand(),))

    def _operator(self) -> str:
        token = self._next()
        if token.text in SYMBOLS:
            return token.text
        match token.text:
            case "IS":
                negated = self._accept("NOT")
                self._expect("EMPTY", "IS needs EMPTY.")
                return "IS NOT EMPTY" if negated else "IS EMPTY"
            case "NOT":
                return "NOT " + self._negatable()
            case "WAS":
                self._expect("EVER", "WAS needs EVER.")
                return "EVER"
            case "EVER":
                return "EVER"
        self._at -= 1
        return self._negatable()

    def _negatable(self) -> str:
        token = self._next()
        if token.text not in NEGATABLE:
            raise syntax_error("An operator is expected.", token.written)
        if token.text == "CONTAINS" and self._accept("WORDS"):
            return "CONTAINS WORDS"
        if token.text == "IN" and self._accept("GROUP"):
            raise not_known_here("the operator IN GROUP")
        return token.text

    def _values(self) -> tuple[Operand, ...]:
        self._expect("(", "IN needs a list in brackets.")
        values = tuple(self._list(self._operand))
        self._expect(")", "A closing bracket is missing.")
        return values

    def _operand(self) -> Operand:
        token = self._next()
        match token.kind:
            case TokenKind.TEXT:
                return Literal(token.text)
            case TokenKind.NUMBER:
                return Literal(float(token.text) if "." in token.text else int(token.text))
            case TokenKind.MACRO:
                return Macro(token.text, self._offset())
            case TokenKind.FIELD:
                return FieldName(token.text)
        if token.text in {"TRUE", "FALSE"}:
            return Literal(token.text == "TRUE")
        if token.text == "-":
            return Literal(-int(self._take(TokenKind.NUMBER, "a number").text))
        raise syntax_error("A value is expected.", token.written)

    def _offset(self) -> int:
        for sign, factor in (("+", 1), ("-", -1)):
            if self._accept(sign):
                return factor * int(self._take(TokenKind.NUMBER, "a number of days").text)
        return 0

    def _field(self) -> str:
        token = self._next()
        if token.kind in {TokenKind.FIELD, TokenKind.WORD}:
            return token.text if token.kind is TokenKind.FIELD else token.written
        raise syntax_error("A field is expected.", token.written)

    def _list(self, part: Callable[[], T]) -> list[T]:
        found = [part()]
        while self._accept(","):
            found.append(part())
        return found

    def _next(self) -> Token:
        token = self._tokens[self._at]
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def _take(self, kind: TokenKind, what: str) -> Token:
        token = self._next()
        if token.kind is not kind:
            raise syntax_error(f"Expecting {what}.", token.written)
        return token

    def _accept(self, text: str) -> bool:
        token = self._tokens[self._at]
        if token.text != text or token.kind not in {TokenKind.WORD, TokenKind.SYMBOL}:
            return False
        self._at += 1
        return True

    def _expect(self, text: str, what: str) -> None:
        if not self._accept(text):
            raise syntax_error(what, self._tokens[self._at].written)
