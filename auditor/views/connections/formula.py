"""The expressions that parameter groups of RDS may hold in place of a number: `LEAST({DBInstanceClassMemory/9531392},5000)`."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([A-Za-z]\w*)|([-+*/(){},]))")
_LONGEST: Final = 500
_OPEN: Final = {"(": ")", "{": "}"}


class _Malformed(Exception):
    pass


def evaluate(text: str, variables: Mapping[str, float]) -> float | None:
    """The number that an expression stands for; None for text that is none, or that asks for a variable that is not given.

    Functions are GREATEST, LEAST, SUM and log (to the base 2, as RDS defines it); braces are parentheses.
    """
    if len(text) > _LONGEST:
        return None
    try:
        reader = _Reader(_tokens(text), variables)
        number = reader.sum()
        return number if reader.ended and math.isfinite(number) else None
    except (_Malformed, ZeroDivisionError, ValueError, OverflowError, RecursionError):
        return None


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise _Malformed
        found.append(match[1] or match[2] or match[3])
        position = match.end()
    return found


@dataclass(slots=True)
class _Reader:
    tokens: list[str]
    variables: Mapping[str, float]
    position: int = 0

    @property
    def ended(self) -> bool:
        return self.position == len(self.tokens)

    def _peek(self) -> str:
        return "" if self.ended else self.tokens[self.position]

    def _take(self) -> str:
        token = self._peek()
        if not token:
            raise _Malformed
        self.position += 1
        return token

    def _expect(self, token: str) -> None:
        if self._take() != token:
            raise _Malformed

    def sum(self) -> float:
        total = self._product()
        while self._peek() in ("+", "-"):
            total = total + self._product() if self._take() == "+" else total - self._product()
        return total

    def _product(self) -> float:
        total = self._factor()
        while self._peek() in ("*", "/"):
            total = total * self._factor() if self._take() == "*" else total / self._factor()
        return total

    def _factor(self) -> float:
        token = self._take()
        if token in _OPEN:
            inner = self.sum()
            self._expect(_OPEN[token])
            return inner
        if token == "-":
            return -self._factor()
        if token[0].isdigit():
            return float(token)
        if self._peek() == "(":
            return self._call(token)
        if token in self.variables:
            return self.variables[token]
        raise _Malformed

    def _call(self, name: str) -> float:
        function = _FUNCTIONS.get(name.upper())
        if function is None:
            raise _Malformed
        self._expect("(")
        arguments = [self.sum()]
        while self._peek() == ",":
            self._take()
            arguments.append(self.sum())
        self._expect(")")
        return function(arguments)


def _logarithm(arguments: list[float]) -> float:
    if len(arguments) != 1:
        raise _Malformed
    return math.log2(arguments[0])


_FUNCTIONS: Final[Mapping[str, Callable[[list[float]], float]]] = {"GREATEST": max, "LEAST": min, "SUM": math.fsum, "LOG": _logarithm}
