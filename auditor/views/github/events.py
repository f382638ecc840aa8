"""The events that start workflows: their activity types and filters (GitHub's documentation, state: November 2026)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model.value import Value
from auditor.model.written import Table
from auditor.views.github.names import nearest, one_of
from auditor.views.github.reading import Trail, down, entries, is_open, items
from auditor.views.github.syntax.walk import Problem, node_at

_TYPES = {
    "branch_protection_rule": "created edited deleted",
    "check_run": "created rerequested completed requested_action",
    "check_suite": "completed",
    "create": "",
    "delete": "",
    "deployment": "",
    "deployment_status": "",
    "discussion": (
        "created edited deleted transferred pinned unpinned labeled unlabeled locked unlocked category_changed answered "
        "unanswered closed reopened"
    ),
    "discussion_comment": "created edited deleted",
    "fork": "",
    "gollum": "",
    "image_version": "created ready deleted",
    "issue_comment": "created edited deleted pinned unpinned",
    "issues": (
        "opened edited deleted transferred pinned unpinned closed reopened assigned unassigned labeled unlabeled locked "
        "unlocked milestoned demilestoned typed untyped field_added field_removed"
    ),
    "label": "created edited deleted",
    "merge_group": "checks_requested",
    "milestone": "created closed opened edited deleted",
    "page_build": "",
    "project": "created closed reopened edited deleted",
    "project_card": "created moved converted edited deleted",
    "project_column": "created updated moved deleted",
    "public": "",
    "pull_request_comment": "created edited deleted",
    "pull_request": (
        "assigned unassigned labeled unlabeled opened edited closed reopened synchronize converted_to_draft locked "
        "unlocked enqueued dequeued milestoned demilestoned ready_for_review review_requested review_request_removed "
        "auto_merge_enabled auto_merge_disabled stacked"
    ),
    "pull_request_review": "submitted edited dismissed",
    "pull_request_review_comment": "created edited deleted",
    "pull_request_target": (
        "assigned unassigned labeled unlabeled opened edited closed reopened synchronize converted_to_draft "
        "ready_for_review locked unlocked review_requested review_request_removed auto_merge_enabled "
        "auto_merge_disabled enqueued dequeued milestoned demilestoned stacked"
    ),
    "push": "",
    "registry_package": "published updated",
    "release": "published unpublished created edited deleted prereleased released",
    "repository_dispatch": "*",
    "schedule": "",
    "status": "",
    "watch": "started",
    "workflow_call": "",
    "workflow_dispatch": "",
    "workflow_run": "completed requested in_progress",
}
EVENTS = frozenset(_TYPES)
CONFIGURED = frozenset({"schedule", "workflow_dispatch", "workflow_call", "repository_dispatch", "image_version"})
"""Events with a configuration of their own instead of filters."""

_PULL = ("pull_request", "pull_request_target")
_BRANCHES = frozenset({"push", *_PULL, "merge_group", "workflow_run"})
_FILTERS = {
    "branches": _BRANCHES,
    "branches-ignore": _BRANCHES,
    "tags": frozenset({"push"}),
    "tags-ignore": frozenset({"push"}),
    "paths": frozenset({"push", *_PULL}),
    "paths-ignore": frozenset({"push", *_PULL}),
    "workflows": frozenset({"workflow_run"}),
}
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\Z")
MAX_INPUTS = 25


def types_of(event: str) -> frozenset[str] | None:
    """The activity types of an event; None when it has any, or is unknown."""
    known = _TYPES.get(event)
    return None if known is None or known == "*" else frozenset(known.split())


def problems(root: Value) -> Iterator[Problem]:
    """What is wrong with what starts a workflow."""
    on = down(root, "on")
    if on is None:
        return
    if isinstance(on.data, str):
        yield from _named(on, on.data, ("on",))
    elif isinstance(on.data, list):
        for number, item in items(on):
            if isinstance(item.data, str):
                yield from _named(item, item.data, ("on", number))
    for name, config in entries(on):
        key = on.data.keys_at.get(name, config) if isinstance(on.data, Table) else config
        yield from _named(key, name, ("on", name))
        if name in EVENTS and name not in CONFIGURED:
            yield from _filtered(config, name, ("on", name))
    yield from _dispatch_inputs(down(on, "workflow_dispatch"))
    yield from _call_inputs(down(on, "workflow_call", "inputs"))


def _named(where: Value, name: str, trail: Trail) -> Iterator[Problem]:
    if name and name not in EVENTS and "${{" not in name and name != "<<":
        yield Problem("event", node_at(where, trail), f"there is no event {name!r}{nearest(name, EVENTS)}")


def _filtered(config: Value, event: str, trail: Trail) -> Iterator[Problem]:
    table = config.data
    if not isinstance(table, dict):
        return

    def key(name: str) -> Value:
        return table.keys_at.get(name, table[name]) if isinstance(table, Table) else table[name]

    for name, events in _FILTERS.items():
        if name in table and event not in events:
            known = ", ".join(sorted(events))
            yield Problem("filter", node_at(key(name), (*trail, name)), f"{event} has no filter {name!r}", f"it is for {known}")
        other = f"{name}-ignore"
        if name in table and other in table and event in events:
            later = max((key(name), key(other)), key=_position)
            which = name if later is key(name) else other
            message = f"{name} and {other} exclude each other"
            yield Problem("filters", node_at(later, (*trail, which)), message, "one of them, with ! in front of what is left out")
    if event == "workflow_run" and "workflows" not in table:
        yield Problem("workflows", node_at(config, trail), "workflow_run names no workflow, so that it never starts", "workflows")
    yield from _activity_types(table, event, trail, key)


def _activity_types(table: dict[str, Value], event: str, trail: Trail, key: object) -> Iterator[Problem]:
    known = types_of(event)
    if "types" not in table or known is None:
        return
    if not known:
        where = table.keys_at.get("types", table["types"]) if isinstance(table, Table) else table["types"]
        yield Problem("activity", node_at(where, (*trail, "types")), f"{event} has no activity types")
        return
    single = not isinstance(table["types"].data, list)
    for number, item in items(table["types"]):
        if isinstance(item.data, str) and item.data and item.data not in known and "${{" not in item.data:
            place: Trail = (*trail, "types") if single else (*trail, "types", number)
            message = f"{event} has no activity type {item.data!r}{nearest(item.data, known)}"
            yield Problem("activity", node_at(item, place), message, one_of(known))


def _position(value: Value) -> tuple[int, int]:
    span = value.place.span()
    return span.line, span.column


# -- inputs


def _dispatch_inputs(dispatch: Value | None) -> Iterator[Problem]:
    inputs = down(dispatch, "inputs")
    if dispatch is None or inputs is None:
        return
    key = _key(dispatch, "inputs")
    found = list(entries(inputs))
    if len(found) > MAX_INPUTS:
        message = f"a workflow can be started with at most {MAX_INPUTS} inputs, and this one has {len(found)}"
        yield Problem("inputs", node_at(inputs if key is None else key, ("on", "workflow_dispatch", "inputs")), message)
    keys = inputs.data.keys_at if isinstance(inputs.data, Table) else {}
    for name, value in found:
        trail: Trail = ("on", "workflow_dispatch", "inputs", name)
        kind, default, options = (down(value, key) for key in ("type", "default", "options"))
        if any(map(is_open, (value, kind, options, default))):
            continue
        chosen = kind.data if kind is not None and isinstance(kind.data, str) else ""
        if chosen == "choice":
            yield from _choice(name, keys.get(name, value), options, default, trail)
        elif options is not None:
            related = (node_at(options, (*trail, "options")),)
            message = f"the input {name!r} has options, and only one of type choice can"
            yield Problem("input", node_at(keys.get(name, value), trail), message, "type: choice", related)
        if default is not None and not _fits(default.data, chosen):
            where = node_at(default, (*trail, "default"))
            yield Problem("input", where, f"the default of the input {name!r} is no {chosen}", f"a {chosen}")


def _choice(name: str, key: Value, options: Value | None, default: Value | None, trail: Trail) -> Iterator[Problem]:
    listed = [item for _, item in items(options)]
    if options is None or not listed:
        yield Problem("input", node_at(key, trail), f"the input {name!r} has no options to choose from", "options")
        return
    seen: set[str] = set()
    for number, item in enumerate(listed):
        text = _text(item.data)
        if text in seen:
            where = node_at(item, (*trail, "options", number))
            yield Problem("input", where, f"the option {text!r} of the input {name!r} stands there twice")
        seen.add(text)
    if default is not None and default.data is not None and "${{" not in str(default.data) and _text(default.data) not in seen:
        where = node_at(default, (*trail, "default"))
        yield Problem(
            "input",
            where,
            f"the default {_text(default.data)!r} of the input {name!r} is none of its options",
            one_of(seen),
        )


def _call_inputs(inputs: Value | None) -> Iterator[Problem]:
    for name, value in entries(inputs):
        trail: Trail = ("on", "workflow_call", "inputs", name)
        kind, default, required = (down(value, key) for key in ("type", "default", "required"))
        if default is None or is_open(default):
            continue
        where = node_at(default, (*trail, "default"))
        if required is not None and required.data is True:
            yield Problem("input-default", where, f"the default of the input {name!r} is never used: the input is required")
        chosen = kind.data if kind is not None and isinstance(kind.data, str) else ""
        if isinstance(default.data, str) and "${{" in default.data:
            continue
        if chosen in ("boolean", "number") and not _fits(default.data, chosen, strict=chosen == "boolean"):
            yield Problem("input", where, f"the default of the input {name!r} is no {chosen}", f"a {chosen}")


def _fits(data: object, kind: str, *, strict: bool = False) -> bool:
    if data is None or (isinstance(data, str) and "${{" in data):
        return True
    if kind == "boolean":
        return isinstance(data, bool) or (not strict and data in ("true", "false"))
    if kind == "number":
        return (isinstance(data, (int, float)) and not isinstance(data, bool)) or (isinstance(data, str) and bool(_NUMBER.match(data)))
    return True


def _text(data: object) -> str:
    return ("true" if data else "false") if isinstance(data, bool) else str(data)


def _key(holder: Value, name: str) -> Value | None:
    data = holder.data
    return data.keys_at.get(name) if isinstance(data, Table) else None
