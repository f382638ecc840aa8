"""Steps that publish packages to public registries, and whether they can do it without a stored token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.pipeline import steps
from auditor.views.pipeline.model import Job, Step, given
from auditor.views.pipeline.reading import field, text
from auditor.views.pipeline.shell import commands
from auditor.views.shell.invocation import Invocation
from auditor.views.shell.tree import Word

_COMMANDS: Final = {
    ("twine", "upload"): "PyPI",
    ("uv", "publish"): "PyPI",
    ("hatch", "publish"): "PyPI",
    ("pdm", "publish"): "PyPI",
    ("poetry", "publish"): "PyPI",
    ("flit", "publish"): "PyPI",
    ("cargo", "publish"): "crates.io",
    ("gem", "push"): "RubyGems",
    ("npm", "publish"): "npm",
    ("pnpm", "publish"): "npm",
    ("yarn", "publish"): "npm",
    ("bun", "publish"): "npm",
    ("nuget", "push"): "NuGet",
}
"""Commands that publish -> where they publish to if nothing else is said. Registries with trusted publishing as of November 2026."""
_ELSEWHERE: Final = (
    *("--repository-url", "--registry", "--index", "--index-url", "--publish-url", "--host", "--source", "-s", "--repository", "-r"),
    *("--repo", "-Source"),
)
_KNOWN: Final = re.compile(r"(?:upload|test)\.pypi\.org|registry\.npmjs\.org|rubygems\.org|crates\.io|nuget\.org|^(?:pypi|testpypi)$", re.I)
_REHEARSAL: Final = frozenset({"--dry-run", "-n"})


@dataclass(frozen=True, slots=True, eq=False)
class Publication:
    """A step that publishes to a registry with a stored token."""

    where: Node
    registry: str


def publications(resource: Resource, graph: Graph) -> Iterator[Publication]:
    """A place function: publications that use a token although the registry could trust the workflow itself."""
    for step in steps(resource, graph):
        found = _by_action(step)
        if found is not None:
            yield found
        made = commands(step)
        if made is None or may_identify(step.job):
            continue
        for call in made.invocations:
            registry = registry_of(call)
            if registry:
                yield Publication(made.at(call.start, call.end), registry)


def registry_of(call: Invocation) -> str:
    """The public registry that a command publishes to; empty when it publishes nowhere, or elsewhere."""
    words = [re.split(r"==|(?<=.)@", word.text)[0].removesuffix(".exe") for word in call.words if word.text[:1] not in "-+"]
    if call.tool in ("echo", "printf", "grep") or any(word.text in _REHEARSAL for word in call.words):
        return ""
    registry = next((_COMMANDS[pair] for pair in pairwise(words) if pair in _COMMANDS), "")
    places = [value.text for name in _ELSEWHERE for value in _values(call, name)]
    return "" if any(not _KNOWN.search(place) for place in places) else registry


def _values(call: Invocation, name: str) -> Iterator[Word]:
    for index, word in enumerate(call.words):
        if word.text == name and index + 1 < len(call.words):
            yield call.words[index + 1]
        elif word.text.startswith(f"{name}="):
            yield word


def _by_action(step: Step) -> Publication | None:
    if step.uses is None:
        return None
    inputs = step.uses.inputs

    def here(registry: str, *places: str) -> Publication | None:
        written = [text(field(inputs, place)) for place in places if given(field(inputs, place))]
        return Publication(step.uses.where, registry) if step.uses and all(_KNOWN.search(it) for it in written) else None

    if step.calls("pypa/gh-action-pypi-publish") and given(field(inputs, "password")):
        return here("PyPI", "repository-url", "repository_url")
    if step.calls("rubygems/release-gem") and field(inputs, "setup-trusted-publisher").data in (False, "false"):
        return here("RubyGems")
    if step.calls("rubygems/configure-rubygems-credentials") and given(field(inputs, "api-token")):
        return here("RubyGems", "gem-server")
    if step.calls("js-devtools/npm-publish") and given(field(inputs, "token")):
        return here("npm", "registry")
    if step.calls("actions/setup-node") and field(inputs, "always-auth").data in (True, "true"):
        return here("npm", "registry-url")
    return None


def may_identify(job: Job) -> bool:
    """Whether a job may prove who it is by OIDC."""
    written = job.permissions if given(job.permissions) else job.pipeline.permissions
    return written.data == "write-all" or text(field(written, "id-token")) == "write"
