"""How condition operators compare one value of the request with one value of the policy."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias

from auditor.views.iam.hole import has_hole
from auditor.views.iam.pattern import matches, matches_arn_condition
from auditor.views.iam.truth import Truth

Compare: TypeAlias = "Callable[[str, str], Truth]"
"""(value of the policy, as a pattern where the operator knows wildcards; value of the request)"""


def _text(wanted: str, actual: str) -> Truth:
    return matches(wanted, actual)


def _text_any_case(wanted: str, actual: str) -> Truth:
    return matches(wanted, actual, fold=True)


def _bool(wanted: str, actual: str) -> Truth:
    return matches(wanted, actual, fold=True)


def _known(compare: Callable[[str, str], bool]) -> Compare:
    """The comparison of two texts of which nothing is known when a part is missing."""

    def compared(wanted: str, actual: str) -> Truth:
        return None if has_hole(wanted) or has_hole(actual) else compare(wanted, actual)

    return compared


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _moment(text: str) -> datetime | None:
    """ISO 8601, or seconds since 1970."""
    if re.fullmatch(r"\d{9,12}", text):
        return datetime.fromtimestamp(int(text), UTC)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _less(actual: Decimal | datetime, wanted: Decimal | datetime) -> bool:
    return bool(actual < wanted)  # type: ignore[operator]  # both sides were read by the same reader


_ORDERS: Mapping[str, Callable[[Decimal | datetime, Decimal | datetime], bool]] = {
    "equals": lambda actual, wanted: actual == wanted,
    "lessthan": _less,
    "lessthanequals": lambda actual, wanted: not _less(wanted, actual),
    "greaterthan": lambda actual, wanted: _less(wanted, actual),
    "greaterthanequals": lambda actual, wanted: not _less(actual, wanted),
}


def _ordered(read: Callable[[str], Decimal | datetime | None], order: str) -> Compare:
    holds = _ORDERS[order]

    def compare(wanted: str, actual: str) -> bool:
        left, right = read(actual), read(wanted)
        return left is not None and right is not None and holds(left, right)

    return _known(compare)


def _in_range(wanted: str, actual: str) -> bool:
    try:
        network = ipaddress.ip_network(wanted, strict=False)
        address = ipaddress.ip_network(actual, strict=False)
    except ValueError:
        return False
    return network.version == address.version and address.subnet_of(network)  # type: ignore[arg-type]  # of one version


WITH_WILDCARDS: Final = frozenset({"stringlike", "arnequals", "arnlike"})
"""The operators whose values have wildcards."""

COMPARISONS: Final[Mapping[str, Compare]] = {
    "stringequals": _text,
    "stringequalsignorecase": _text_any_case,
    "stringlike": _text,
    "bool": _bool,
    "binaryequals": _text,
    "ipaddress": _known(_in_range),
    "arnequals": matches_arn_condition,
    "arnlike": matches_arn_condition,
    **{f"numeric{order}": _ordered(_number, order) for order in _ORDERS},
    **{f"date{order}": _ordered(_moment, order) for order in _ORDERS},
}

NEGATED: Final[Mapping[str, str]] = {
    "stringnotequals": "stringequals",
    "stringnotequalsignorecase": "stringequalsignorecase",
    "stringnotlike": "stringlike",
    "notipaddress": "ipaddress",
    "arnnotequals": "arnequals",
    "arnnotlike": "arnlike",
    "numericnotequals": "numericequals",
    "datenotequals": "dateequals",
}
"""The operators that hold when no value fits, and what their values have to fit."""
