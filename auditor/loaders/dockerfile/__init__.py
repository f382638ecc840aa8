"""Dockerfiles and Containerfiles: one unit each, a resource of the kind `dockerfile` with its path as address.

They are found by name (`Dockerfile`, `Dockerfile.dev`, `web.Dockerfile`, `Containerfile`), and have to begin like one: with FROM or ARG.
"""

from __future__ import annotations

import re
from functools import partial
from posixpath import dirname, relpath
from typing import Final

from auditor.loaders import Loading, Settings, Unit
from auditor.loaders.dockerfile.context import Contexts, is_dockerfile_name
from auditor.loaders.files import Files, Unreadable
from auditor.loaders.pipelines.sources import PLATFORMS
from auditor.model.address import Address
from auditor.model.diagnostic import Diagnostic
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.model.source import Block, Comment
from auditor.model.value import Value

NAME = "dockerfile"
LANGUAGES = frozenset({"dockerfile", "docker"})

_EXACT: Final = re.compile(r"(?:^|/)(?:Dockerfile|Containerfile)$")
_BEGINS: Final = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n|\ufeff)*[ \t]*(?:FROM|ARG)[ \t]", re.IGNORECASE)
_COMMENT: Final = re.compile(r"^[ \t]*#.*$", re.MULTILINE)
_OF_THE_FILE: Final = re.compile(r"(?:checkov|bridgecrew|cortex|ts):skip=")
"""Comments that speak for the block that they stand in: above the first instruction, the file."""
_MARKER: Final = re.compile(r"ignore|skip|kics-scan")


def units(files: Files, settings: Settings) -> list[Unit]:
    """One unit for each Dockerfile."""
    found = [path for path in files.paths if is_dockerfile_name(path) and (_EXACT.search(path) or _begins(files, path))]
    repositories = _repositories(files) if found else frozenset()
    return [
        Unit(NAME, path, (path,), files.size(path), partial(_load, files, path, _around(path, repositories)))
        for path in found
    ]


def _repositories(files: Files) -> frozenset[str]:
    """The folders that pipelines call their repository: a Dockerfile in one belongs to the same whole."""
    matches = (platform.path.search(path) for path in files.paths for platform in PLATFORMS)
    return frozenset(match.string[: match.start("inside")].rstrip("/") or "." for match in matches if match)


def _around(path: str, repositories: frozenset[str]) -> str:
    folder = dirname(path)
    while folder and folder not in repositories:
        folder = dirname(folder)
    return folder or "."


def _begins(files: Files, path: str) -> bool:
    try:
        return _BEGINS.match(files.read(path)) is not None
    except Unreadable:
        return True


def _load(files: Files, path: str, repository: str) -> Loading:
    from auditor.loaders.dockerfile.body import build
    from auditor.loaders.dockerfile.fragment import Text
    from auditor.loaders.dockerfile.lines import scan

    try:
        source = files.read(path)
    except Unreadable as error:
        return Loading(diagnostics=(error.diagnostic,))
    text = Text(source, path)
    body, problems = build(text, scan(source))
    meta = {"listed": Value(not files.only)}
    if not files.only:
        contexts = Contexts(files, path)
        contexts.annotate(body)
        meta["contexts"] = Value([Value(folder or ".") for folder in contexts.folders])
        meta["ignoring"] = Value([Value(folder or ".") for folder, ignore in contexts.ignores.items() if ignore is not None])
    name = path if repository == "." else relpath(path, repository)
    resource = Resource(Address("ci", name), "dockerfile", Facet.WRITTEN, Node(body), body.span(), repository, meta=Node(Value(meta)))
    comments, blocks = _suppressions(source, resource)
    return Loading((resource,), tuple(problems), (path,), gaps=_gaps(problems), comments=comments, blocks=blocks)


def _gaps(problems: list[Diagnostic]) -> tuple[str, ...]:
    return tuple(f"{problem.span}: {problem.message}" for problem in problems if problem.gap)


def _suppressions(source: str, resource: Resource) -> tuple[tuple[Comment, ...], tuple[Block, ...]]:
    """Comments stand on lines of their own; each instruction is a block, and so is the file."""
    if not _MARKER.search(source):
        return (), ()
    path = resource.span.file
    comments = tuple(Comment(path, source.count("\n", 0, it.start()) + 1, it[0].strip(), True) for it in _COMMENT.finditer(source))
    lines = max(1, source.count("\n") + (not source.endswith("\n")))
    blocks: list[Block] = []
    for stage in resource.body.each("stages"):
        for instruction in (stage.at("from"), *stage.each("instructions")):
            span = instruction.span
            blocks.append(Block(path, span.line, span.end_line, resource.address.text))
    first = min((block.start for block in blocks), default=1)
    above = any(_OF_THE_FILE.search(comment.text) for comment in comments if comment.line < first)
    return comments, (Block(path, 1 if above else first, lines, resource.address.text), *blocks)
