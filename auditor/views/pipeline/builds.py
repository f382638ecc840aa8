"""Images that a pipeline builds and pushes: with which Dockerfile, from which folder, under which names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import normpath
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.pipeline.model import NONE, Job, Step, given
from auditor.views.pipeline.paths import base as base_of
from auditor.views.pipeline.paths import inside
from auditor.views.pipeline.reading import field, text
from auditor.views.pipeline.shell import Commands, commands
from auditor.views.shell.invocation import Invocation
from auditor.views.shell.tree import Word

_VARIABLE: Final = re.compile(r"\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))")
_TOOLS: Final = frozenset({"docker", "podman", "buildah", "nerdctl", "finch"})


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A name of an image (`registry/shop/web:1.4`), as far as it is written; `where` is the text."""

    where: Node
    text: str

    @property
    def repository(self) -> str:
        """The name without tag and digest."""
        name = self.text.partition("@")[0]
        head, _, tail = name.rpartition("/")
        return f"{head}/{tail.partition(':')[0]}" if head else tail.partition(":")[0]

    @property
    def tag(self) -> str:
        """The tag; `latest` where none is written."""
        return self.text.partition("@")[0].rpartition("/")[2].partition(":")[2] or "latest"


@dataclass(frozen=True, slots=True, eq=False)
class Build:
    """One build of an image. `dockerfile` and `context` are paths of the repository, None where they are not known or not written there."""

    step: Step
    where: Node
    dockerfile: str | None
    dockerfile_at: Node
    context: str | None
    context_at: Node
    names: tuple[Name, ...]
    target: str
    target_at: Node
    arguments: tuple[tuple[str, Node], ...]


def builds(job: Job) -> tuple[Build, ...]:
    """The images that a job builds."""
    return tuple(found for step in job.steps for found in _of_step(step))


def pushes(job: Job) -> tuple[Name, ...]:
    """The names under which a job pushes images."""
    return tuple(found for step in job.steps for found in pushes_of(step))


def dockerfile(build: Build, resource: Resource, graph: Graph) -> Resource | None:
    """The Dockerfile of a build, where it is read."""
    prefix = "" if resource.root == "." else f"{resource.root}/"
    wanted = normpath(prefix + build.dockerfile) if build.dockerfile else ""
    return next((it for it in graph.of("dockerfile") if it.span.file == wanted), None)


def _of_step(step: Step) -> Iterator[Build]:
    if step.calls("docker/build-push-action"):
        yield _of_action(step)
    made = commands(step)
    for call in made.invocations if made else ():
        if made and call.tool in _TOOLS and _is_build(call):
            yield _of_command(step, made, call)


def _is_build(call: Invocation) -> bool:
    words = [*call.subcommand, *(word.text for word in call.operands)]
    return words[:1] in (["build"], ["bud"]) or words[:2] in (["buildx", "build"], ["image", "build"])


def _of_command(step: Step, made: Commands, call: Invocation) -> Build:
    spoken = [word for word in call.operands if word.text not in ("build", "bud", "buildx", "image")]
    context_word = spoken[-1] if spoken else None
    directory = call.command.state.directory if call.shift == 0 else None
    base = base_of(step, directory)
    context = inside(base, context_word)
    file_word = call.value("-f", "--file")
    file = inside(base, file_word) if file_word else f"{context}/Dockerfile".removeprefix("./") if context is not None else None

    def at(word: Word | None) -> Node:
        shifted = max(call.shift, 0)
        return made.at(word.start + shifted, word.end + shifted) if word and call.shift >= 0 else made.at(call.start, call.end)

    names = tuple(Name(at(word), filled(step, word.text)) for word in call.values("-t", "--tag"))
    target = call.value("--target")
    arguments = tuple((word.text.partition("=")[0], at(word)) for word in call.values("--build-arg"))
    return Build(
        step,
        made.at(call.start, call.end),
        normpath(file) if file is not None else None,
        at(file_word) if file_word else made.at(call.start, call.end),
        context,
        at(context_word),
        names,
        target.literal or "" if target else "",
        at(target) if target else NONE,
        arguments,
    )


def filled(step: Step, text: str) -> str:
    """A text with those of its shell variables filled in that the files set to a plain text."""

    def value(found: re.Match[str]) -> str:
        for table in (step.variables, step.job.variables, step.job.pipeline.variables):
            known = field(table, found[1] or found[2])
            if isinstance(known.value, str):
                return found[0] if "$" in known.value else known.value
        return found[0]

    return _VARIABLE.sub(value, text) if "$" in text else text


def _of_action(step: Step) -> Build:
    inputs = step.uses.inputs if step.uses else NONE
    context_at, file_at, target = field(inputs, "context"), field(inputs, "file"), field(inputs, "target")
    written = text(context_at) if given(context_at) else "."
    context = None if "${{" in written or "://" in written or written.startswith("/") else normpath(written)
    file = text(file_at) if given(file_at) else f"{context}/Dockerfile" if context is not None else None
    known = None if file is None or "${{" in file or file.startswith("/") else normpath(file)
    where = step.uses.where if step.uses else step.where
    return Build(
        step,
        where,
        known,
        file_at if given(file_at) else where,
        context,
        context_at if given(context_at) else where,
        tuple(_tags(field(inputs, "tags"))),
        "" if "${{" in text(target) else text(target),
        target,
        tuple(
            (line.partition("=")[0].strip(), field(inputs, "build-args"))
            for line in text(field(inputs, "build-args")).splitlines()
            if "=" in line
        ),
    )


def _tags(node: Node) -> Iterator[Name]:
    written = text(node)
    at = 0
    for line in written.replace(",", "\n").split("\n"):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            yield Name(node.part(start, start + len(line.strip())), line.strip())
        at += len(line) + 1


def pushes_of(step: Step) -> Iterator[Name]:
    """The names under which a step pushes images."""
    if (
        step.calls("docker/build-push-action")
        and step.uses
        and given(field(step.uses.inputs, "push"))
        and field(step.uses.inputs, "push").data not in (False, "false")
    ):
        yield from _tags(field(step.uses.inputs, "tags"))
    made = commands(step)
    for call in made.invocations if made else ():
        if not made or call.tool not in _TOOLS or call.shift < 0:
            continue
        words = [word for word in call.operands if word.text not in ("push", "image", "buildx", "build")]
        if "push" in (*call.subcommand, *(word.text for word in call.operands)) and words:
            yield Name(made.at(words[0].start + call.shift, words[0].end + call.shift), filled(step, words[0].text))
        elif _is_build(call) and call.has("--push"):
            for word in call.values("-t", "--tag"):
                yield Name(made.at(word.start + call.shift, word.end + call.shift), filled(step, word.text))
