"""The permissions of GITHUB_TOKEN: scopes and the levels that each can have (GitHub's documentation, state: November 2026)."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.value import Value
from auditor.model.written import Table
from auditor.views.github.names import nearest, one_of
from auditor.views.github.reading import Trail, down, entries
from auditor.views.github.syntax.walk import Problem, node_at

_FULL = frozenset({"read", "write", "none"})
SCOPES: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        [
            "actions",
            "artifact-metadata",
            "attestations",
            "checks",
            "code-quality",
            "contents",
            "deployments",
            "discussions",
            "drives",
            "issues",
            "packages",
            "pages",
            "pull-requests",
            "repository-projects",
            "security-events",
            "statuses",
        ],
        _FULL,
    ),
    "copilot-requests": frozenset({"write", "none"}),
    "id-token": frozenset({"write", "none"}),
    "models": frozenset({"read", "none"}),
    "vulnerability-alerts": frozenset({"read", "none"}),
}
WHOLE = frozenset({"read-all", "write-all"})


def problems(root: Value) -> Iterator[Problem]:
    """Scopes and levels that do not exist."""
    yield from _of(down(root, "permissions"), ("permissions",))
    for name, job in entries(root, "jobs"):
        yield from _of(down(job, "permissions"), ("jobs", name, "permissions"))


def _of(permissions: Value | None, trail: Trail) -> Iterator[Problem]:
    if permissions is None:
        return
    if isinstance(permissions.data, str):
        if permissions.data not in WHOLE:
            message = f"{permissions.data!r} is no level for all scopes{nearest(permissions.data, WHOLE)}"
            yield Problem("permission", node_at(permissions, trail), message, "read-all, write-all or a mapping")
        return
    for scope, level in entries(permissions):
        known = SCOPES.get(scope)
        here: Trail = (*trail, scope)
        if known is None:
            if scope == "<<":
                continue
            where = permissions.data.keys_at.get(scope, level) if isinstance(permissions.data, Table) else level
            yield Problem("permission", node_at(where, here), f"there is no scope {scope!r}{nearest(scope, SCOPES)}")
        elif level.data is None or (isinstance(level.data, (str, bool, int, float)) and level.data not in known):
            shown = "nothing" if level.data is None else repr(level.data)
            yield Problem("permission", node_at(level, here), f"the scope {scope} has no level {shown}", one_of(known))
