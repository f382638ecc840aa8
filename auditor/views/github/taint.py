"""Expressions that become part of code, by who chooses their text: people outside, callers, members, other steps."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import per_graph
from auditor.views.github.mentions import mentions
from auditor.views.github.untrusted import untrusted_parts
from auditor.views.pipeline import steps
from auditor.views.pipeline.model import Event, Pipeline, Step, given
from auditor.views.pipeline.reading import entries, field, items, text


class Origin(enum.Enum):
    """Who may choose a text."""

    OUTSIDE = "written by people outside"
    CALLER = "chosen by whoever calls this"
    HAND = "chosen by people who may write to the repository"
    COMPUTED = "computed while the pipeline runs"


@dataclass(frozen=True, slots=True, eq=False)
class Exposure:
    """One expression in code; `common`: in the script of a step or of actions/github-script."""

    where: Node
    text: str
    origin: Origin
    common: bool


_FREE = frozenset(
    [
        "title",
        "body",
        "message",
        "name",
        "email",
        "ref",
        "label",
        "description",
        "page_name",
        "head_branch",
        "head_ref",
        "display_title",
        "tag_name",
        "target_commitish",
        "default_branch",
        "homepage",
        "payload",
        "environment",
        "content",
        "path",
        "slug",
        "comment",
    ]
)
_FIXED = frozenset(
    [
        "id",
        "number",
        "node_id",
        "sha",
        "head_sha",
        "before",
        "after",
        "base_sha",
        "type",
        "state",
        "status",
        "conclusion",
        "created_at",
        "updated_at",
        "closed_at",
        "merged_at",
        "login",
        "merged",
        "draft",
        "locked",
        "private",
        "fork",
        "size",
        "action",
        "run_id",
        "run_number",
        "run_attempt",
        "comments",
        "additions",
        "deletions",
        "commits",
        "changed_files",
        "author_association",
        "merge_commit_sha",
        "avatar_url",
        "full_name",
        "mergeable",
        "prerelease",
        "event",
        "tree_id",
        "distinct",
        "forced",
        "created",
        "deleted",
    ]
)
_TOP = frozenset({"ref", "ref_name", "head_ref", "base_ref"})
_LOOSE = frozenset({"actor", "workflow", "workflow_ref"})
_TYPED = frozenset({"boolean", "number", "choice", "environment"})
_OUTPUTS = {
    "tj-actions/changed-files": ("files", "changed", "added", "modified", "deleted", "renamed", "copied"),
    "tj-actions/branch-names": ("branch", "tag", "ref"),
    "jitterbit/get-changed-files": ("all", "added", "modified", "removed", "renamed"),
    "trilom/file-changes-action": ("files",),
    "dorny/paths-filter": ("_files",),
    "xt0rted/pull-request-comment-branch": ("head_ref", "base_ref"),
    "potiuk/get-workflow-origin": ("sourceheadbranch", "targetbranch"),
    "actions-ecosystem/action-regex-match": ("match", "group"),
}
"""Actions -> words in the names of their outputs that hold names of files or branches, which a pull request chooses."""


@cache
def code_inputs() -> dict[str, frozenset[str]]:
    """Action in lower case -> its inputs (in lower case) that are run."""
    lines = files("auditor.views.github").joinpath("code_inputs.txt").read_text("utf-8").splitlines()
    rows = (line.partition(":") for line in lines if line and not line.startswith("#"))
    return {name.strip(): frozenset(inputs.split()) for name, _, inputs in rows}


def code(step: Step) -> Iterator[Node]:
    """Everything in a step of GitHub that is run as code."""
    if step.script is not None:
        yield from (node for node in step.script.texts if isinstance(node.data, str))
    if step.uses is not None:
        wanted = code_inputs().get(step.uses.name.lower(), frozenset())
        yield from (node for name, node in entries(step.uses.inputs) if name.lower() in wanted and isinstance(node.data, str))


def exposed(*origins: Origin) -> Callable[[Resource, Graph], list[Exposure]]:
    """A place function: the expressions in code whose text has one of these origins."""

    def places(resource: Resource, graph: Graph) -> list[Exposure]:
        return [found for found in _exposures(resource, graph) if found.origin in origins]

    return places


@per_graph
def _exposures(resource: Resource, graph: Graph) -> tuple[Exposure, ...]:
    return tuple(found for step in steps(resource, graph) for found in _of_step(step))


def _of_step(step: Step) -> Iterator[Exposure]:
    common = step.script is not None or step.calls("actions/github-script")
    for node in code(step):
        for mention in mentions(node, flowing=True):
            origin = origin_of(mention.path, step)
            if origin is not None:
                yield Exposure(mention.where, mention.reference.text, origin, common)


def origin_of(path: tuple[str, ...], step: Step, depth: int = 0) -> Origin | None:
    """Who may choose the text that a chain of names reads; None where nobody can write code into it."""
    match path[0]:
        case "github":
            return _of_github(path, step.job.pipeline)
        case "inputs":
            return _of_input(path[1:], step.job.pipeline)
        case "env":
            return _of_variable(path[1:], step, depth)
        case "matrix":
            return _of_matrix(path[1:], step)
        case "steps":
            return _of_output(path, step)
        case "needs" | "jobs":
            return None if path[2:3] == ("result",) else Origin.COMPUTED
        case "vars":
            return Origin.COMPUTED
        case "runner":
            return Origin.COMPUTED if path[1:] == ("name",) else None
        case _:
            return None


def _of_github(path: tuple[str, ...], pipeline: Pipeline) -> Origin | None:
    if untrusted_parts(path):
        return Origin.OUTSIDE
    if len(path) < 2:
        return Origin.CALLER
    if path[1] != "event":
        if path[1] in _TOP:
            return Origin.COMPUTED if _fixed_ref(pipeline) else Origin.HAND
        return Origin.COMPUTED if path[1] in _LOOSE else None
    if path[2:3] == ("inputs",):
        return _of_input(path[3:], pipeline)
    if path[2:3] == ("client_payload",):
        return Origin.CALLER
    last = next((name for name in reversed(path) if name not in "*?" and not name.isdecimal()), "")
    if last in _FIXED or last.endswith(("_id", "_at", "_count", "_sha")):
        return None
    if last == "ref" and _fixed_ref(pipeline):
        return Origin.COMPUTED
    return Origin.HAND if last in _FREE else Origin.COMPUTED


def _fixed_ref(pipeline: Pipeline) -> bool:
    """Whether the name of the ref that a run is for can be no free text: branches by their full names, pull requests, schedules."""
    for trigger in pipeline.triggers:
        if trigger.name == "push":
            names = trigger.branches.include
            if trigger.tags or not names or any(not isinstance(it.data, str) or "*" in it.data for it in names):
                return False
        elif trigger.name not in ("schedule", "pull_request", "workflow_run", "issues", "issue_comment"):
            return False
    return bool(pipeline.triggers)


def _of_input(names: tuple[str, ...], pipeline: Pipeline) -> Origin | None:
    body = pipeline.resource.body
    if pipeline.resource.kind == "github_action" or not names:
        return Origin.CALLER
    called = _declared(body.at("on.workflow_call.inputs"), names[0]) if pipeline.on("workflow_call") else None
    if called is not None and text(field(called, "type")) not in _TYPED:
        return Origin.CALLER
    by_hand = _declared(body.at("on.workflow_dispatch.inputs"), names[0]) if pipeline.on("workflow_dispatch") else None
    if by_hand is not None and text(field(by_hand, "type")) not in _TYPED:
        return Origin.HAND
    return None if called is not None or by_hand is not None else Origin.COMPUTED


def _declared(inputs: Node, name: str) -> Node | None:
    return next((node for key, node in entries(inputs) if key.lower() == name), None)


def _of_variable(names: tuple[str, ...], step: Step, depth: int) -> Origin | None:
    if not names or depth > 3:
        return Origin.COMPUTED
    for table in (step.variables, step.job.variables, step.job.pipeline.variables):
        value = _declared(table, names[0]) if given(table) else None
        if value is not None:
            found = [origin_of(it.path, step, depth + 1) for it in mentions(value, flowing=True)]
            return next((origin for origin in Origin if origin in found), None)
    return Origin.COMPUTED


def _of_matrix(names: tuple[str, ...], step: Step) -> Origin | None:
    matrix = step.job.matrix
    if not names:
        return Origin.COMPUTED if _computed(matrix) else None
    if not isinstance(matrix.data, dict):
        return Origin.COMPUTED
    own = _declared(matrix, names[0])
    included = field(matrix, "include")
    more = [field(item, names[0]) for item in items(included)] if isinstance(included.data, list) else [included]
    return Origin.COMPUTED if any(_computed(node) for node in (own, *more) if node is not None) else None


def _computed(node: Node) -> bool:
    return node.unknown or any(it.path[0] not in ("runner", "strategy") for it in mentions(node))


def _of_output(path: tuple[str, ...], step: Step) -> Origin | None:
    if path[2:3] in (("outcome",), ("conclusion",)):
        return None
    made_by = next((it for it in step.before if text(it.id).lower() == path[1]), None) if len(path) > 3 else None
    words = _OUTPUTS.get(made_by.uses.name.lower(), ()) if made_by is not None and made_by.uses is not None else ()
    strangers = any(trigger.event in (Event.PULL_REQUEST, Event.OTHER) for trigger in step.job.pipeline.triggers)
    return Origin.HAND if strangers and any(word in path[3] for word in words) else Origin.COMPUTED


def message(found: Exposure) -> str:
    """What is said of an exposure."""
    return f"{found.text} is {found.origin.value}, and becomes part of the code"
