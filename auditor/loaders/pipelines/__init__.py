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
from auditor.loaders.pipelines import context, gitlab
from auditor.loaders.pipelines.jenkins import read_jenkinsfile
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

_MAIN = ".gitlab-ci.yml"
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
            lambda repository=repository, sources=sources: _load(files, repository, sources, settings),  # type: ignore[misc]
        )
        for repository, sources in sorted(by_repository.items())
    ]


def _load(files: Files, repository: str, sources: list[Source], settings: Settings) -> Loading:
    reader = _Reader(files, repository, any(source.anchored for source in sources))
    for source in sorted(sources, key=lambda it: (it.path.rpartition("/")[2] != _MAIN, it.path.count("/"), it.path)):
        if source.path not in reader.texts:
            reader.read(source)
    comments: list[Comment] = []
    blocks: list[Block] = []
    marked = {path for path, text in reader.texts.items() if MARKER.search(text) or "zizmor" in text}
    for path in sorted(marked):
        comments += comments_of(reader.texts[path], path)
    for resource in reader.resources:
        blocks += (block for block in blocks_of(resource) if block.file in marked)
    problems = reader.diagnostics
    gaps = tuple(f"{problem.span}: {problem.message}" for problem in problems if problem.gap)
    resources = tuple(sorted(reader.resources, key=lambda it: it.address))
    around = context.load(files, repository, reader.texts.values(), settings)
    return Loading(
        resources, tuple(problems), tuple(sorted(reader.texts)), gaps=gaps, comments=tuple(comments), blocks=tuple(blocks), context=around
    )


class _Reader:
    """Reads the files of one repository. `texts`: what was read, included files too."""

    def __init__(self, files: Files, repository: str, anchored: bool) -> None:
        self.files = files
        self.repository = repository
        self.listing = _listing(files, repository, anchored)
        self.texts: dict[str, str] = {}
        self.resources: list[Resource] = []
        self.diagnostics: list[Diagnostic] = []

    def read(self, source: Source) -> None:
        """One file, with what it includes."""
        if source.kind == "gitlab_pipeline":
            self._gitlab(source)
            return
        try:
            text = self.files.read(source.path)
        except Unreadable as error:
            self.diagnostics.append(error.diagnostic)
            return
        self.texts[source.path] = text
        roots: list[Value] = []
        problems: list[Diagnostic] = []
        if source.kind == "jenkinsfile":
            body, problems = read_jenkinsfile(text, source.path)
        else:
            documents, problems = read_yaml(text, source.path, _DIALECTS.get(source.kind, PLAIN))
            roots = [document.root for document in documents]
            body = roots[-1] if roots else Value({}, At(Span(source.path, 1, 1, 1, 1)))
        self._add(source, body, problems, {"documents": Value(roots)})

    def _gitlab(self, source: Source) -> None:
        made = gitlab.assemble(self.files, self.repository, source.path)
        main = source.path.rpartition("/")[2] == _MAIN
        alone = [] if main else [Value(f"nothing here includes {source.path}", At(Span(source.path, 1, 1, 1, 1)))]
        self.texts |= made.texts
        more = {"doubts": [*made.doubts, *alone], "missing": made.missing, "cycles": made.cycles}
        if source.path in made.texts:
            self._add(source, made.root, made.problems, {name: Value(values) for name, values in more.items()})
        else:
            self.diagnostics += made.problems

    def _add(self, source: Source, body: Value, problems: list[Diagnostic], more: dict[str, Value]) -> None:
        meta = {"files": self.listing, "problems": Value([Value(it.message, At(it.span)) for it in problems]), **more}
        path = source.path if source.repository == "." else relpath(source.path, source.repository)
        text = self.texts[source.path]
        span = Span(source.path, 1, 1, max(1, text.count("\n") + (not text.endswith("\n"))), 1)
        self.diagnostics += problems
        self.resources.append(
            Resource(Address("ci", path), source.kind, Facet.WRITTEN, Node(body), span, source.repository, meta=Node(Value(meta)))
        )


def _listing(files: Files, repository: str, anchored: bool) -> Value:
    """The repository's files by their path in it; null where the scan does not cover it, so that absence proves nothing."""
    prefix = "" if repository == "." else f"{repository}/"
    if files.only or not anchored:
        return Value(None)
    return Value({path[len(prefix) :]: Value(True) for path in files.paths if path.startswith(prefix)})
