"""Versions of APIs: since when they are deprecated, in which version of Kubernetes they are gone, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, TypeAlias

from auditor.model.resource import Resource

Version: TypeAlias = "tuple[int, int]"

NEWEST: Final[Version] = (1, 37)
"""The version that is meant when none is named."""

_VERSION = re.compile(r"v?(\d+)\.(\d+)")


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The life of a kind in a version of its API. `replacement` is `group/version Kind`, empty when there is none."""

    introduced: Version | None
    deprecated: Version | None
    removed: Version | None
    replacement: str


def parse_version(text: str) -> Version | None:
    """(major, minor) of a version (`1.31`, `v1.31.4`); None for anything else."""
    found = _VERSION.match(text)
    return (int(found[1]), int(found[2])) if found else None


def named_version(resource: Resource) -> Version | None:
    """The version that the user says an object is meant for."""
    given = resource.meta.at("bundle.version").data
    return parse_version(given) if isinstance(given, str) else None


def target_version(resource: Resource, option: str = "") -> Version:
    """The version that an object is meant for: as a rule's option says, else the user's, else the newest that is known."""
    return parse_version(option) or named_version(resource) or NEWEST


def lifecycle_of(resource: Resource) -> Lifecycle | None:
    """The life of an object's kind; None when nothing is known of it. Raises `Undecided`."""
    version = resource.at("apiVersion").text
    return table().get((version or "", resource.kind))


@cache
def table() -> Mapping[tuple[str, str], Lifecycle]:
    """(apiVersion, kind) -> its life."""
    text = (files(__package__) / "lifecycle.txt").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {(row[0], row[1]): Lifecycle(parse_version(row[2]), parse_version(row[3]), parse_version(row[4]), row[5]) for row in rows}
