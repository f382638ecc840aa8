"""In which versions of Kubernetes an API is served: what its authors planned, and what the releases really had."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.resource import Resource
from auditor.views.kubernetes import lifecycle
from auditor.views.kubernetes.lifecycle import Version
from auditor.views.kubernetes.schema_table import table


@dataclass(frozen=True, slots=True)
class Served:
    """Since when a kind of an API version is there, deprecated and gone; None when that is not known or did not happen."""

    introduced: Version | None
    deprecated: Version | None
    removed: Version | None
    replacement: str


def served(resource: Resource) -> Served | None:
    """The life of an object's API; None when it is none of Kubernetes' own. Raises `Undecided`.

    Alpha versions often go before the date that their authors wrote down: the earlier of the two counts.
    """
    planned = lifecycle.lifecycle_of(resource)
    released = _released(resource.at("apiVersion").text or "", resource.kind)
    if planned is None and released is None:
        return None
    introduced = planned.introduced if planned else None
    removed = min((it for it in (planned.removed if planned else None, released) if it is not None), default=None)
    return Served(introduced, planned.deprecated if planned else None, removed, planned.replacement if planned else "")


def _released(api: str, kind: str) -> Version | None:
    """The first version without it, as far as the table of types reaches."""
    it = table()
    last = max((last for _, _, last in it.kinds.get((api, kind), ())), default=None)
    return (1, last + 1) if last is not None and last < it.last else None


def kinds() -> str:
    """The kinds that have a life, as a rule's target."""
    return " ".join(sorted({kind for _, kind in lifecycle.table()}))


def version_in_words(version: Version) -> str:
    """For messages."""
    return f"{version[0]}.{version[1]}"
