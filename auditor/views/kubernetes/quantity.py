"""Quantities as Kubernetes reads them: `250m`, `1.5`, `512Mi`, `2e3`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from auditor.model.node import Node

_FORM = re.compile(r"([+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30}))(?:([eE][+-]?\d{1,3})|(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei))?")
_SUFFIX: Mapping[str, Fraction] = {
    "n": Fraction(1, 10**9),
    "u": Fraction(1, 10**6),
    "m": Fraction(1, 1000),
    **{letter: Fraction(1000 ** (power + 1)) for power, letter in enumerate("kMGTPE")},
    **{f"{letter}i": Fraction(1024 ** (power + 1)) for power, letter in enumerate("KMGTPE")},
}

KI: Final = 1024
MI: Final = 1024**2
GI: Final = 1024**3
TI: Final = 1024**4


@lru_cache(maxsize=4096)
def parse(text: str) -> Fraction | None:
    """The amount in the base unit (cores, bytes, pieces); None for what the API server refuses."""
    found = _FORM.fullmatch(text)
    if not found:
        return None
    number, exponent, suffix = found.groups()
    amount = Fraction(Decimal(number))
    if exponent:
        amount *= Fraction(10) ** int(exponent[1:])
    return amount * _SUFFIX[suffix] if suffix else amount


def unit(text: str) -> str:
    """The suffix of a quantity (`Mi`, `m`), empty when it has none or is no quantity."""
    found = _FORM.fullmatch(text)
    return (found[3] or "") if found else ""


def of(node: Node) -> Fraction | None:
    """The quantity written at a node; None when there is none or it is not one. Raises `Undecided`."""
    data = node.value
    if isinstance(data, bool):
        return None
    if isinstance(data, (int, Fraction)):
        return Fraction(data)
    if isinstance(data, float):
        return Fraction(Decimal(repr(data))) if abs(data) < 1e30 else None
    return parse(data.strip()) if isinstance(data, str) else None


def cores(amount: Fraction) -> str:
    """An amount of CPU as one writes it: `2`, `250m`."""
    return str(int(amount)) if amount.denominator == 1 else f"{float(amount * 1000):g}m"


def size(amount: Fraction) -> str:
    """A number of bytes as one writes it: `512Mi`, `1.5Gi`; bytes below 1 Ki."""
    for suffix in ("Ti", "Gi", "Mi", "Ki"):
        if amount >= _SUFFIX[suffix]:
            return f"{float(amount / _SUFFIX[suffix]):.4g}{suffix}"
    return f"{float(amount):g} bytes" if amount != 1 else "1 byte"


def show(resource: str, amount: Fraction) -> str:
    """An amount of a resource (`cpu`, `requests.memory`, `pods`) as one writes it."""
    name = resource.rpartition(".")[2]
    if name == "cpu":
        return cores(amount)
    return size(amount) if name in ("memory", "ephemeral-storage", "storage") or name.startswith("hugepages-") else f"{float(amount):g}"
