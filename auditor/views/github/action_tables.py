"""What is known of single actions beside their inputs: archived, vulnerable, replaceable, caching. Each table says of when it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import chain, repeat

from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.github.actions import known_slugs

Version = tuple[float, ...]
_VERSION = re.compile(r"v?(\d+(?:\.\d+)*)(?:$|[-+\s])")
_LIKE = str.maketrans("0135", "oles")


@cache
def rows(name: str) -> Mapping[str, str]:
    """A table of this folder: action in lower case -> what is said of it."""
    lines = files("auditor.views.github").joinpath(f"{name}.txt").read_text("utf-8").splitlines()
    found = (line.partition(":") for line in lines if line.strip() and not line.startswith("#"))
    return {action.strip().lower(): said.strip() for action, _, said in found}


def version_of(text: str) -> Version | None:
    """The numbers of a version; None for anything else. What is left out (`v4`) counts as the newest."""
    found = _VERSION.match(text.strip())
    return tuple(int(part) for part in found[1].split(".")) if found else None


def version_at(where: Node, written: str, resource: Resource) -> Version | None:
    """The version that a use of an action names: by a tag, or by the comment behind its commit."""
    comment = resource.meta.at(f'comments["{where.span.end_line}"]').text or ""
    return version_of(written) or version_of(comment.removeprefix("tag=").strip())


def advisory(slug: str, version: Version) -> tuple[str, str]:
    """(advisory, first version without the defect) that concern a version of an action; empty texts when none does."""
    said = rows("vulnerable_actions").get(slug.lower(), "")
    if not said:
        return "", ""
    name, first, mended = said.split()
    newest = tuple(part for part, _ in zip(chain(version, repeat(float("inf"))), range(3), strict=False))
    begun = first == "-" or newest >= (version_of(first) or ())
    open_ended = mended == "-" or newest < _filled(version_of(mended) or ())
    return (name, "" if mended == "-" else mended) if begun and open_ended else ("", "")


def _filled(version: Version) -> Version:
    return (*version, *(0,) * (3 - len(version)))


def resembles(slug: str) -> str:
    """The much used action of another owner that this one's name is nearly; empty when there is none, or it is well known itself."""
    name = slug.lower()
    if name in popular():
        return ""
    owner, _, repository = name.partition("/")
    for other in popular():
        other_owner, _, other_repository = other.partition("/")
        if other_owner == owner or abs(len(name) - len(other)) > 1:
            continue
        if name.translate(_LIKE) == other.translate(_LIKE) or (other_repository == repository and _near(owner, other_owner)):
            return other
    return ""


@cache
def popular() -> tuple[str, ...]:
    """The repositories of the most used actions."""
    return tuple(sorted({"/".join(name.split("/")[:2]) for name in known_slugs()}))


def _near(one: str, other: str) -> bool:
    """Whether one letter was left out, doubled, changed or swapped with its neighbour."""
    if len(one) == len(other):
        different = [index for index, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        swapped = len(different) == 2 and different[1] == different[0] + 1 and one[different[0]] == other[different[1]]
        return len(different) == 1 or (swapped and one[different[1]] == other[different[0]])
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and any(longer[:index] + longer[index + 1 :] == shorter for index in range(len(longer)))
