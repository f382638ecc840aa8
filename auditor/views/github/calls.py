"""What steps and jobs call: actions and workflows, with the inputs and secrets that these take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.value import Unknown, Value
from auditor.model.written import Table
from auditor.views.github.actions import KnownAction, known_action, parse_uses
from auditor.views.github.names import nearest, one_of
from auditor.views.github.reading import Trail, down, entries, is_open, steps_in, text_at, trigger_names
from auditor.views.github.repository import ACTION_FILES, has_file, local_action, local_workflow
from auditor.views.github.syntax.walk import Problem, node_at
from auditor.views.github.typing.faults import type_at
from auditor.views.github.typing.scope import Scope
from auditor.views.github.typing.types import ANY, BOOL, NULL, NUMBER, STRING, Plain, Type, text_of

_DOCKER_INPUTS = frozenset({"args", "entrypoint"})
_MAKES_FILES = re.compile(r"\b(?:git|gh|cp|mv|ln|tar|unzip|curl|wget|rsync|mkdir|sparse-checkout)\b")
"""Commands that may put an action where the repository has none."""
_KINDS: dict[str, Type] = {"string": STRING, "number": NUMBER, "boolean": BOOL}


def problems(resource: Resource, graph: Graph) -> Iterator[Problem]:
    """The faults in what a workflow or a composite action calls."""
    root = resource.body.value_
    if resource.kind == "github_action":
        yield from _steps(resource, graph, down(root, "runs"), ("runs",))
        return
    for name, job in entries(root, "jobs"):
        if text_at(job, "uses"):
            yield from _workflow(resource, graph, job, ("jobs", name))
        else:
            yield from _steps(resource, graph, job, ("jobs", name))


# -- actions


def _steps(resource: Resource, graph: Graph, holder: Value | None, trail: Trail) -> Iterator[Problem]:
    fetched = False
    for below, step in steps_in(holder):
        uses = down(step, "uses")
        here: Trail = (*trail, *below)
        if uses is not None and isinstance(uses.data, str) and uses.data:
            yield from _action(resource, graph, step, uses, here, fetched)
            fetched = fetched or _fetches(step, uses.data)
        else:
            fetched = fetched or bool(_MAKES_FILES.search(text_at(step, "run") or ""))


def _fetches(step: Value, uses: str) -> bool:
    """Whether a step may bring other repositories, or this one to another place."""
    given = {name for name, _ in entries(step, "with")}
    return not uses.startswith("actions/checkout@") or bool(given & {"repository", "path", "ref"})


def _action(resource: Resource, graph: Graph, step: Value, uses: Value, trail: Trail, fetched: bool) -> Iterator[Problem]:
    text = str(uses.data)
    where = node_at(uses, (*trail, "uses"))
    if "${{" in text or text.startswith("$/"):
        return
    if text.startswith("docker://"):
        if text.endswith((":", "/", "@")):
            yield Problem("action-format", where, f"{text!r} names no image", "docker://image:tag")
        return
    if text.startswith(("./", "../")) or text == ".":
        yield from _local(resource, graph, step, where, text, trail, fetched)
        return
    reference = parse_uses(text)
    if reference is None or not reference.ref:
        yield Problem("action-format", where, f"{text!r} names no action", "owner/name@ref, ./folder or docker://image")
        return
    known = known_action(text)
    if known is None:
        return
    major = reference.major
    if major is not None and major <= known.gone:
        yield Problem("action-gone", where, f"GitHub refuses to run {known.name}@{reference.ref}", f"a version above v{known.gone}")
    elif major is not None and major <= known.old:
        message = f"the runtime that {known.name}@{reference.ref} was made for is switched off"
        yield Problem("action-old", where, message, f"a version above v{known.old}")
    yield from _deprecated(step, trail, known)
    if known.inputs is not None:
        yield from _inputs(step, where, trail, known.inputs, known.required, known.name)


def _deprecated(step: Value, trail: Trail, known: KnownAction) -> Iterator[Problem]:
    given = down(step, "with")
    for name, value in entries(given):
        if name.lower() in known.deprecated:
            place = node_at(_key(given, name) or value, (*trail, "with", name))
            yield Problem("input-deprecated", place, f"the input {name!r} of {known.name} is deprecated")


def _local(resource: Resource, graph: Graph, step: Value, where: Node, uses: str, trail: Trail, fetched: bool) -> Iterator[Problem]:
    action = local_action(resource, graph, uses)
    if action is None:
        there = [has_file(resource, f"{uses}/{name}") for name in (*ACTION_FILES, "Dockerfile")]
        if not fetched and all(answer is False for answer in there):
            yield Problem("action-missing", where, f"there is no action in {uses}", f"{uses.rstrip('/')}/action.yml")
        return
    root = action.body.value_
    declared = down(root, "inputs")
    if (
        is_open(declared)
        or not isinstance(root.data, dict)
        or not root.data
        or (declared is not None and not isinstance(declared.data, dict))
    ):
        return
    names = tuple(name for name, _ in entries(declared))
    required = tuple(name for name, it in entries(declared) if _is_required(it))
    docker = text_at(root, "runs", "using") == "docker"
    yield from _inputs(step, where, trail, (*names, *(_DOCKER_INPUTS if docker else ())), required, uses)
    given = {name.lower(): name for name, _ in entries(step, "with")}
    for name, it in entries(declared):
        message = text_at(it, "deprecationMessage")
        if message and name.lower() in given and not _is_required(it):
            key = _key(down(step, "with"), given[name.lower()])
            written = given[name.lower()]
            place = node_at(key or down(step, "with", written) or step, (*trail, "with", written))
            yield Problem("input-deprecated", place, f"the input {name!r} of {uses} is deprecated: {message}")


def _is_required(declared: Value) -> bool:
    required, default = down(declared, "required"), down(declared, "default")
    return required is not None and required.data in (True, "true") and default is None


def _inputs(step: Value, where: Node, trail: Trail, known: tuple[str, ...], required: tuple[str, ...], action: str) -> Iterator[Problem]:
    given = down(step, "with")
    if is_open(given) or (given is not None and isinstance(given.data, str)):
        return
    lower = {name.lower() for name in known}
    patterns = [name for name in lower if "*" in name]
    names = {name.lower() for name, _ in entries(given)}
    if "<<" in names:
        return
    for name, value in entries(given):
        if name.lower() not in lower and not any(fnmatchcase(name.lower(), pattern) for pattern in patterns):
            place = node_at(_key(given, name) or value, (*trail, "with", name))
            yield Problem("input-unknown", place, f"{action} has no input {name!r}{nearest(name, known)}", one_of(known))
    lacking = [name for name in required if name.lower() not in names]
    if lacking:
        yield Problem("input-missing", where, f"{action} needs the input {' and '.join(map(repr, lacking))}", " and ".join(lacking))


# -- workflows


def _workflow(resource: Resource, graph: Graph, job: Value, trail: Trail) -> Iterator[Problem]:
    uses = down(job, "uses")
    assert uses is not None
    text = str(uses.data)
    where = node_at(uses, (*trail, "uses"))
    if "${{" in text or text.startswith("$/"):
        return
    if not text.startswith("./"):
        reference = parse_uses(text)
        if reference is None or not reference.path:
            yield Problem(
                "call-format", where, f"{text!r} names no workflow", "owner/name/path/to/workflow.yml@ref or ./path/to/workflow.yml"
            )
        return
    if "@" in text:
        yield Problem("call-format", where, f"{text!r}: a workflow of the same repository is taken without @ref", text.partition("@")[0])
        return
    callee = local_workflow(resource, graph, text)
    if callee is None:
        if has_file(resource, text) is False:
            yield Problem("call-missing", where, f"there is no workflow {text}")
        return
    triggers = trigger_names(callee.body.value_)
    if triggers is None or not isinstance(callee.body.data, dict):
        return
    if "workflow_call" not in triggers:
        if "on" in callee.body.data:
            yield Problem("call-missing", where, f"{text} cannot be called: it has no workflow_call")
        return
    config = triggers["workflow_call"]
    if is_open(config):
        return
    yield from _call_inputs(resource, graph, job, down(config, "inputs"), where, trail, text)
    yield from _call_secrets(job, config, where, trail, text)


def _call_inputs(
    resource: Resource, graph: Graph, job: Value, declared: Value | None, where: Node, trail: Trail, callee: str
) -> Iterator[Problem]:
    given = down(job, "with")
    if is_open(declared) or is_open(given):
        return
    known = {name.lower(): (name, it) for name, it in entries(declared)}
    names = {name.lower() for name, _ in entries(given)}
    scope = Scope(resource, graph)
    for name, value in entries(given):
        place: Trail = (*trail, "with", name)
        if name.lower() not in known:
            written = [it for it, _ in known.values()]
            key = node_at(_key(given, name) or value, place)
            yield Problem("call-input-unknown", key, f"{callee} has no input {name!r}{nearest(name, written)}", one_of(written))
            continue
        kind = text_at(known[name.lower()][1], "type") or ""
        got = _given_type(scope, value, place)
        if not _assignable(got, kind):
            message = f"the input {name!r} of {callee} is a {kind}, and it is given a {text_of(got)}"
            yield Problem("call-input-type", node_at(value, place), message, f"a {kind}")
    lacking = [it for lower, (it, value) in known.items() if lower not in names and _is_required(value)]
    if lacking:
        yield Problem("call-input-missing", where, f"{callee} needs the input {' and '.join(map(repr, lacking))}", " and ".join(lacking))


def _given_type(scope: Scope, value: Value, trail: Trail) -> Type:
    match value.data:
        case Unknown():
            return ANY
        case None:
            return NULL
        case bool():
            return BOOL
        case int() | float():
            return NUMBER
        case str() as text if "${{" in text:
            return type_at(scope, Node(value), trail, "jobs.<job_id>.with.<with_id>")
        case str():
            return STRING
        case _:
            return ANY


def _assignable(given: Type, kind: str) -> bool:
    if given == ANY or kind not in _KINDS or kind == "boolean":
        return True
    if kind == "string":
        return isinstance(given, Plain) and given in (STRING, NUMBER)
    return given == NUMBER


def _call_secrets(job: Value, config: Value | None, where: Node, trail: Trail, callee: str) -> Iterator[Problem]:
    given = down(job, "secrets")
    if is_open(given) or is_open(config) or (given is not None and given.data == "inherit"):
        return
    declared = down(config, "secrets")
    if is_open(declared):
        return
    known = {name.lower(): (name, it) for name, it in entries(declared)}
    names = {name.lower() for name, _ in entries(given)}
    for name, value in entries(given):
        if name.lower() not in known:
            key = node_at(_key(given, name) or value, (*trail, "secrets", name))
            yield Problem(
                "call-secret-unknown", key, f"{callee} declares no secret {name!r}{nearest(name, [it for it, _ in known.values()])}"
            )
    lacking = [it for lower, (it, value) in known.items() if lower not in names and _is_required(value)]
    if lacking:
        yield Problem("call-secret-missing", where, f"{callee} needs the secret {' and '.join(map(repr, lacking))}", " and ".join(lacking))


def _key(holder: Value | None, name: str) -> Value | None:
    data = holder.data if holder is not None else None
    return data.keys_at.get(name) if isinstance(data, Table) else None
