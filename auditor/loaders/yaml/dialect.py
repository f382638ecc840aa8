"""How readers of YAML type its plain scalars: they disagree, and each is right about its own files."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_FIRST = frozenset("0123456789+-.")
_INTEGER = re.compile(r"[-+]?(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|[0-9][0-9_]*)\Z")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9][0-9_]*|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_PLAIN_INTEGER = re.compile(r"[-+]?[0-9]+\Z|0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_PLAIN_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_NULLS = dict.fromkeys(("", "~", "null", "Null", "NULL"))
_TRUTH = {word: True for text in ("true",) for word in (text, text.title(), text.upper())}
_TRUTH |= {word: False for text in ("false",) for word in (text, text.title(), text.upper())}
_OLD_TRUTH = _TRUTH | {word: True for text in ("yes", "on") for word in (text, text.title(), text.upper())} | {"y": True, "Y": True}
_OLD_TRUTH |= {word: False for text in ("no", "off") for word in (text, text.title(), text.upper())} | {"n": False, "N": False}


@dataclass(frozen=True, slots=True)
class Dialect:
    """`plain` types a plain scalar; `merge` says whether `<<` merges; `overwrites` whether what is merged wins over what stands there."""

    name: str
    plain: Callable[[str], Any]
    merge: bool = True
    overwrites: bool = False


def kubernetes_scalar(text: str) -> Any:
    """As kubectl reads it: YAML 1.1's truth values and octal numbers, exponents, no dates and no sexagesimal numbers."""
    if text in _OLD_TRUTH:
        return _OLD_TRUTH[text]
    if text in _NULLS:
        return None
    if text[0] not in _FIRST:
        return text
    if _INTEGER.match(text):
        return _integer(text)
    if _DECIMAL.match(text):
        number = float(text.replace("_", ""))
        return text if math.isinf(number) else _whole(number)
    return text


def _integer(text: str) -> Any:
    digits = text.replace("_", "").lstrip("+-")
    try:
        if len(digits) > 1 and digits[0] == "0" and digits[1] in "01234567":
            number = int(digits, 8)
        elif len(digits) > 1 and digits[0] == "0" and digits[1] in "89":
            number = int(digits)
        else:
            number = int(digits, 0)
    except ValueError:
        return text
    if number >= 1 << 64 and digits[0] == "0" and not digits.isdigit():
        return text
    if number >= 1 << 64 and digits[0] == "0":
        return float(text.replace("_", ""))  # too long for octal digits: a decimal number after all
    return -number if text[0] == "-" else number


def _whole(number: float) -> int | float:
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def github_scalar(text: str) -> Any:
    """As GitHub reads workflows: the core schema of YAML 1.2, without dates; `on`, `yes` and `0755` are what they look like."""
    if text in _TRUTH:
        return _TRUTH[text]
    if text in _NULLS:
        return None
    if text[0] in _FIRST:
        if _PLAIN_INTEGER.match(text):
            return int(text, 0) if text[:2] in ("0x", "0o") else int(text)
        if _PLAIN_DECIMAL.match(text):
            number = float(text)
            return text if math.isinf(number) else number
    return text


def ruby_scalar(text: str) -> Any:
    """As GitLab reads pipelines: YAML 1.1's truth values, numbers, no dates."""
    if text in _OLD_TRUTH and text.lower() not in ("y", "n"):
        return _OLD_TRUTH[text]
    return github_scalar(text)


KUBERNETES = Dialect("kubernetes", kubernetes_scalar, overwrites=True)
GITHUB = Dialect("github", github_scalar, merge=False)
GITLAB = Dialect("gitlab", ruby_scalar)
PLAIN = Dialect("yaml", github_scalar)
