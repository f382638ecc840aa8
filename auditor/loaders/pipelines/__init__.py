"""Pipelines of continuous integration, as their files are written: GitHub, GitLab, CircleCI, Azure, Bitbucket, Jenkins, CodeBuild.

A unit is what one repository holds, since its pipelines call each other. A file that can only be read in part is analysed for the
rest; `meta.problems` says what of it could not be read, and why. `meta.files` lists the repository, for what pipelines name in it.
"""

from __future__ import annotations

from collections import defaultdict
from posixpath import relpath

from auditor.loaders import Loading, Settings, Unit
from auditor.loaders.files import Files, Unreadable
from auditor.loaders.kubernetes.comments import MARKER, blocks_of, comments_of
from auditor.loaders.pipelines.sources import Source, find
from auditor.loaders.yaml import read_yaml
from auditor.loaders.yaml.dialect import GITHUB, GITLAB, PLAIN, Dialect
from auditor.model.address import Address
from auditor.model.diagnostic import Diagnostic
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.model.source import Block, Comment
from auditor.model.span import Span
from auditor.model.value import At, Value

NAME = "pipelines"
LANGUAGES = frozenset(
    {"github", "action", "dependabot", "pre-commit", "gitlab", "circleci", "azure", "bitbucket", "buildspec", "jenkinsfile"}
)

_DIALECTS: dict[str, Dialect] = {"github_workflow": GITHUB, "github_action": GITHUB, "dependabot": GITHUB, "gitlab_pipeline": GITLAB}


def units(files: Files, settings: Settings) -> list[Unit]:
    """One unit for each repository that holds pipelines."""
    by_repository: dict[str, list[Source]] = defaultdict(list)
    for source in find(files):
        by_repository[source.repository].append(source)
    return [
        Unit(
            NAME,
            repository,
            tuple(source.path for source in sources),
            sum(files.size(source.path) for source in sources),
            lambda repository=repository, sources=sources: _load(files, repository, sources),  # type: ignore[misc]
        )
        for repository, sources in sorted(by_repository.items())
    ]


def _load(files: Files, repository: str, sources: list[Source]) -> Loading:
    resources: list[Resource] = []
    diagnostics: list[Diagnostic] = []
    comments: list[Comment] = []
    blocks: list[Block] = []
    listing = _listing(files, repository, any(source.anchored for source in sources))
    for source in sources:
        try:
            text = files.read(source.path)
        except Unreadable as error:
            diagnostics.append(error.diagnostic)
            continue
        resource, problems = _resource(source, text, listing)
        resources.append(resource)
        diagnostics += problems
        if MARKER.search(text) or "zizmor" in text:
            comments += comments_of(text, source.path)
            blocks += blocks_of(resource)
    gaps = tuple(f"{problem.span}: {problem.message}" for problem in diagnostics if problem.gap)
    read = tuple(resource.span.file for resource in resources)
    return Loading(tuple(resources), tuple(diagnostics), read, gaps=gaps, comments=tuple(comments), blocks=tuple(blocks))


def _resource(source: Source, text: str, listing: Value) -> tuple[Resource, list[Diagnostic]]:
    roots: list[Value] = []
    problems: list[Diagnostic] = []
    body = Value(text, At(Span(source.path, 1, 1, 1, 1)))
    if source.kind != "jenkinsfile":
        documents, problems = read_yaml(text, source.path, _DIALECTS.get(source.kind, PLAIN))
        roots = [document.root for document in documents]
        body = roots[-1] if roots else Value({}, At(Span(source.path, 1, 1, 1, 1)))
    meta = {
        "files": listing,
        "documents": Value(roots),
        "problems": Value([Value(problem.message, At(problem.span)) for problem in problems]),
    }
    path = source.path if source.repository == "." else relpath(source.path, source.repository)
    span = Span(source.path, 1, 1, max(1, text.count("\n") + (not text.endswith("\n"))), 1)
    return Resource(Address("ci", path), source.kind, Facet.WRITTEN, Node(body), span, source.repository, meta=Node(Value(meta))), problems


def _listing(files: Files, repository: str, anchored: bool) -> Value:
    """The repository's files by their path in it; null where the scan does not cover it, so that absence proves nothing."""
    prefix = "" if repository == "." else f"{repository}/"
    if files.only or not anchored:
        return Value(None)
    return Value({path[len(prefix) :]: Value(True) for path in files.paths if path.startswith(prefix)})
