"""Patterns of policies: texts with wildcards, policy variables and parts that are not known.

A pattern is a text in which characters of the private-use area stand for what is special: any text, any character, a hole of which
nothing is known, and a variable that has no value. So a `*` that a tag's value brings along is only a star, as AWS has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeAlias

from auditor.model.node import Node, Undecided
from auditor.model.value import Ref, Unknown
from auditor.views.iam.hole import CLOSE, HOLE, OPEN, blurred, has_hole
from auditor.views.iam.request import Absence, Context
from auditor.views.iam.truth import Truth

ANY: Final = "\uf8f0"
ONE: Final = "\uf8f1"
UNSET: Final = "\uf8f3"
_WILDCARDS = str.maketrans({"*": ANY, "?": ONE})

_GAPS = re.compile(f"[{ANY}{HOLE}]+")
_SPECIAL = re.compile(f"[{ANY}{ONE}{HOLE}{UNSET}]")

Resolve: TypeAlias = "Callable[[Ref], str | None]"
"""The text of a resource's attribute, as far as it can be told (a hole where it cannot); None when nothing is known of it."""


def nothing_known(_ref: Ref) -> str | None:
    """Resolves nothing."""
    return None


def written(node: Node) -> bool:
    """Whether something stands there, or may."""
    try:
        return node.unknown or node.present
    except Undecided:
        return True


def raw(node: Node, resolve: Resolve) -> str:
    """The text of a node as it is written, with holes for what is not known."""
    data = node.data
    if not isinstance(data, Unknown):
        return node.text or ""
    parts = data.parts or ((data.prefix, None) if data.prefix else (None,))
    return "".join(part if isinstance(part, str) else _resolved(part, resolve) for part in parts)


def _resolved(part: Ref | None, resolve: Resolve) -> str:
    found = resolve(part) if part is not None else None
    return HOLE if found is None else found


@lru_cache(maxsize=8192)
def wild(text: str) -> str:
    """The pattern of a text whose `*` and `?` are wildcards."""
    return text.translate(_WILDCARDS)


def expand(text: str, context: Context | None, *, wildcards: bool) -> str:
    """The pattern of a text with policy variables.

    Without a context `${` is a text like any other, as it is in policies of the old version.
    """
    if context is None or "${" not in text:
        return wild(text) if wildcards else text
    made, end = [], 0
    for found in _VARIABLE.finditer(text):
        before = text[end : found.start()]
        made.append(wild(before) if wildcards else before)
        made.append(_variable(found[1], found[2], context))
        end = found.end()
    rest = text[end:]
    return "".join((*made, wild(rest) if wildcards else rest))


_VARIABLE = re.compile(r"\$\{\s*([^},]*?)\s*(?:,\s*'([^']*)'\s*)?\}")
_LITERALS = frozenset("*?$")


def _variable(key: str, default: str | None, context: Context) -> str:
    if key in _LITERALS:
        return key
    if has_hole(key):
        return HOLE
    match context.get(key):
        case Absence.UNKNOWN:
            return HOLE
        case str() as text:
            return text
        case _:  # absent, or a key of many values, which no variable can stand for
            return UNSET if default is None else default


def matches(pattern: str, text: str, *, fold: bool = False) -> Truth:
    """Whether a pattern covers a text; None where that hangs on a hole."""
    if pattern == ANY:
        return True
    if OPEN in pattern or OPEN in text:
        pattern, text = _behind_the_same(pattern, text)
        if HOLE not in pattern and HOLE not in text and _fits(pattern, text, fold):
            return True
        pattern, text = blurred(pattern), blurred(text)
    if HOLE in text:
        if HOLE not in pattern and ONE not in pattern and _fits(pattern, text, fold):
            return True  # only a `*` can stand where the hole is
        return None if _overlap(pattern, text, fold) else False
    if not _fits(pattern, text, fold):
        return False
    return None if HOLE in pattern else True


def _fits(pattern: str, text: str, fold: bool) -> bool:
    if _SPECIAL.search(pattern):
        return _compiled(pattern, fold).fullmatch(text) is not None
    return pattern.lower() == text.lower() if fold else pattern == text


def _behind_the_same(pattern: str, text: str) -> tuple[str, str]:
    """What is left of both behind the last named hole that both have at the same place."""
    same = next((at for at, (one, other) in enumerate(zip(pattern, text, strict=False)) if one != other), min(len(pattern), len(text)))
    cut = pattern.rfind(CLOSE, 0, same) + 1
    return (pattern, text) if _SPECIAL.search(pattern, 0, cut) else (pattern[cut:], text[cut:])


def head_of(pattern: str) -> str:
    """What a pattern begins with, up to its first wildcard or hole."""
    found = _OPEN_ENDED.search(pattern)
    return pattern if found is None else pattern[: found.start()]


_OPEN_ENDED = re.compile(f"[{ANY}{ONE}{HOLE}{OPEN}]")


def _overlap(pattern: str, text: str, fold: bool) -> bool:
    """Whether a text that is not all known may be covered: its known beginning must fit."""
    head = text[: text.index(HOLE)]
    literal = head_of(pattern)
    if fold:
        head, literal = head.lower(), literal.lower()
    if len(literal) == len(pattern):
        return _compiled(text, fold).fullmatch(pattern) is not None
    return head.startswith(literal) or literal.startswith(head)


@lru_cache(maxsize=16384)
def _compiled(pattern: str, fold: bool) -> re.Pattern[str]:
    """The expression of a pattern; what stands between two wildcards is taken at its first place and never again, which keeps it linear."""
    first, *rest = (_literal(piece) for piece in _GAPS.split(pattern))
    made = first + "".join(f"(?>.*?{piece})" for piece in rest[:-1]) + (f".*{rest[-1]}" if rest else "")
    return re.compile(made, re.DOTALL | (re.IGNORECASE if fold else 0))


def _literal(text: str) -> str:
    return re.escape(text).replace(re.escape(ONE), ".")


def matches_arn(pattern: str, arn: str) -> Truth:
    """Whether a pattern of Resource covers an ARN: part by part, a short pattern is completed by wildcards."""
    if pattern == ANY:
        return True
    if arn == "*":  # the action concerns no resource: only a statement about everything applies to it
        return matches(pattern, arn) if has_hole(pattern) else False
    parts = pattern.split(":", 5)
    if has_hole(pattern) and len(parts) < 6:  # the hole may hold colons
        return matches(pattern, arn)
    wanted = arn.split(":", 5)
    if len(wanted) < 6:
        return matches(pattern, arn)
    parts += [ANY] * (6 - len(parts))
    return segments(parts, wanted)


def segments(patterns: list[str], parts: list[str]) -> Truth:
    """Whether each pattern covers the part at its place."""
    result: Truth = True
    for pattern, part in zip(patterns, parts, strict=True):
        found = matches(pattern, part)
        if found is False:
            return False
        if found is None:
            result = None
    return result


def matches_arn_condition(pattern: str, arn: str) -> Truth:
    """ArnLike: both have six parts, and each covers the other's."""
    parts, wanted = pattern.split(":", 5), arn.split(":", 5)
    if len(wanted) < 6 or len(parts) < 6:
        return matches(pattern, arn) if has_hole(pattern) or has_hole(arn) else False
    return segments(parts, wanted)
