"""The parts of an event that anybody outside may write: titles, bodies, branch names, commit messages, names of authors."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.github.actions import parse_uses
from auditor.views.github.expression import Mistake, Reference, fences, parse, reaching
from auditor.views.github.expression.tree import Call, walk
from auditor.views.github.places import steps
from auditor.views.github.syntax.walk import Problem

_PERSON = ("email", "name")
_EVENT = (
    *(f"{holder}.{part}" for holder in ("issue", "pull_request", "discussion") for part in ("title", "body")),
    *(f"{holder}.body" for holder in ("comment", "review", "review_comment")),
    "pages.*.page_name",
    "head_commit.message",
    "commits.*.message",
    *(f"{holder}.{role}.{part}" for holder in ("head_commit", "commits.*") for role in ("author", "committer") for part in _PERSON),
    "pull_request.head.ref",
    "pull_request.head.label",
    "pull_request.head.repo.default_branch",
    "workflow_run.display_title",
    "workflow_run.head_branch",
    "workflow_run.head_commit.message",
    *(f"workflow_run.head_commit.{role}.{part}" for role in ("author", "committer") for part in _PERSON),
    "workflow_run.pull_requests.*.head.ref",
)
UNTRUSTED = (("github", "head_ref"), *(("github", "event", *path.split(".")) for path in _EVENT))
"""Paths whose text comes from outside; `*` stands for the items of a list."""


@lru_cache(maxsize=4096)
def untrusted_parts(path: tuple[str, ...]) -> tuple[str, ...]:
    """The texts from outside that a chain of names reads or holds; `github.event` holds them all."""
    return tuple(".".join(known) for known in UNTRUSTED if len(path) <= len(known) and all(map(_fits, path, known)))


def _fits(name: str, known: str) -> bool:
    return name in (known, "*") or (known == "*" and (name == "?" or name.isdecimal()))


def scripts(resource: Resource, graph: Graph) -> Iterator[Node]:
    """The texts that are run as code once their expressions are replaced: scripts of shells, and of actions/github-script."""
    for step in steps(resource, graph):
        run = step.at("run")
        if isinstance(run.data, str):
            yield run
        uses = step.at("uses").data
        reference = parse_uses(uses) if isinstance(uses, str) else None
        if reference is not None and reference.slug == "actions/github-script":
            script = step.at("with.script")
            if isinstance(script.data, str):
                yield script


def untrusted_in_scripts(resource: Resource, graph: Graph) -> list[Problem]:
    """A place function: expressions that put a text from outside into a script."""
    return [problem for script in scripts(resource, graph) for problem in _of_script(script)]


def _of_script(script: Node) -> Iterator[Problem]:
    for fence in fences(script.data):
        tree = parse(fence.source)
        if isinstance(tree, Mistake):
            continue
        whole = any(isinstance(part, Call) and part.name.lower() == "tojson" for part in walk(tree))
        for reference in reaching(tree):
            found = [known for known in untrusted_parts(reference.path) if whole or known.count(".") < len(reference.path)]
            if found:  # an object without toJSON() becomes the word Object
                where = script.part(fence.inner + reference.start, fence.inner + reference.end)
                yield Problem("untrusted", where, _message(reference, found), 'an environment variable, read as "$NAME"')


def _message(reference: Reference, found: list[str]) -> str:
    if len(found) == 1 and found[0] == reference.text:
        return f"{reference.text} is written by people outside, and becomes part of the script"
    shown = ", ".join(found[:3]) + (" and others" if len(found) > 3 else "")
    return f"{reference.text} holds {shown}, which people outside write, and becomes part of the script"
