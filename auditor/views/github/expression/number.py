"""Numbers as the runner reads and prints them."""

from __future__ import annotations

import math
import re

_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_BASED = re.compile(r"0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+")
_BLANKS = " \t\n\r\v\f\u00a0\ufeff\u2028\u2029"


def number_of(text: str) -> float:
    """The number that a text stands for: 0 for an empty one, not-a-number for what is none."""
    text = text.strip(_BLANKS)
    if not text:
        return 0.0
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _BASED.fullmatch(text):
        return float(int(text, 0))
    sign, name = (text[0], text[1:]) if text[0] in "+-" else ("", text)
    if name == "Infinity":
        return -math.inf if sign == "-" else math.inf
    return math.nan


def text_of(number: float) -> str:
    """A number as text: at most fifteen decimals, no needless zeros."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if abs(number) < 1e21:
        number = float(f"{number:.15f}")
    if number == 0:
        return "0"
    digits, exponent = _digits(abs(number))
    return ("-" if number < 0 else "") + _placed(digits, exponent)


def _digits(number: float) -> tuple[str, int]:
    """(significant digits, position of the point counted from their start)."""
    mantissa, _, power = f"{number!r}".partition("e")
    whole, _, rest = mantissa.partition(".")
    digits = whole + ("" if rest == "0" else rest)
    point = len(whole) + int(power or 0)
    stripped = digits.lstrip("0")
    point -= len(digits) - len(stripped)
    return stripped.rstrip("0") or "0", point


def _placed(digits: str, point: int) -> str:
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    sign = "+" if point > 0 else "-"
    head = digits[0] + (f".{digits[1:]}" if len(digits) > 1 else "")
    return f"{head}e{sign}{abs(point - 1)}"
