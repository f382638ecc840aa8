"""Pipelines of continuous integration, as their files are written: GitHub, GitLab, CircleCI, Azure, Bitbucket, Jenkins, CodeBuild.

A unit is what one repository holds, since its pipelines call each other. A file that can only be read in part is analysed for the
rest; `meta.problems` says what of it could not be read, and why. `meta.files` lists the repository, for what pipelines name in it;
`meta.comments`: of GitHub's files, the comment on each line that has one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from posixpath import relpath

from auditor.loaders import Loading, Settings, Unit
from auditor.loaders.files import Files, Unreadable
from auditor.loaders.pipelines import context, gitlab
from auditor.loaders.pipelines.jenkins import read_jenkinsfile
from auditor.loaders.pipelines.sources import Source, find
from auditor.loaders.yaml import read_yaml
from auditor.loaders.yaml.comments import MARKER, blocks_of, comments_of
from auditor.loaders.yaml.dialect import GITHUB, GITLAB, PLAIN, Dialect
from auditor.model.address import Address
from auditor.model.diagnostic import Diagnostic
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.model.span import Span
from auditor.model.value import At, Value

NAME = "pipelines"
LANGUAGES = frozenset(
    {"github", "action", "dependabot", "pre-commit", "gitlab", "circleci", "azure", "bitbucket", "buildspec", "jenkinsfile"}
)

_SHARE = 300_000
_MOST_SHARES = 4
"""Bytes of pipelines that are judged as one unit, and how many units a repository becomes at most."""
_MAIN = ".gitlab-ci.yml"
_REMARKED = frozenset({"github_workflow", "github_action", "pre_commit"})
_REMARK = re.compile(r"(?:^|\s)#(.*)")
_DIALECTS: dict[str, Dialect] = {"github_workflow": GITHUB, "github_action": GITHUB, "dependabot": GITHUB, "gitlab_pipeline": GITLAB}


def units(files: Files, settings: Settings) -> list[Unit]:
    """One unit for each repository that holds pipelines; a large one is several that know all and judge a part each."""
    by_repository: dict[str, list[Source]] = defaultdict(list)
    for source in find(files):
        by_repository[source.repository].append(source)
    return [unit for repository, sources in sorted(by_repository.items()) for unit in _shares(files, repository, sources, settings)]


def _shares(files: Files, repository: str, sources: list[Source], settings: Settings) -> Iterator[Unit]:
    weights = {source.path: files.size(source.path) for source in sources}
    count = min(_MOST_SHARES, 1 + sum(weights.values()) // _SHARE)
    for number in range(count):
        own = frozenset(source.path for source in sources[number::count])
        name = repository if count == 1 else f"{repository} ({number + 1} of {count})"
        yield Unit(
            NAME,
            name,
            tuple(sorted(own)),
            sum(weights[path] for path in own),
            partial(_load, files, repository, sources, own, settings),
        )


def _load(files: Files, repository: str, sources: list[Source], own: frozenset[str], settings: Settings) -> Loading:
    """What the files `own` declare, with all others of the repository as their context."""
    reader = _Reader(files, repository, any(source.anchored for source in sources))
    for source in sorted(sources, key=lambda it: (it.path.rpartition("/")[2] != _MAIN, it.path.count("/"), it.path)):
        if source.path not in reader.texts:
            reader.read(source)
    every = sorted(reader.resources, key=lambda it: it.address)
    mine = tuple(resource for resource in every if resource.span.file in own)
    others = tuple(resource for resource in every if resource.span.file not in own)
    included = frozenset(reader.texts) - {resource.span.file for resource in every}
    read = own | (included if _MAIN in {path.rpartition("/")[2] for path in own} else frozenset())
    texts = {path: text for path, text in reader.texts.items() if path in read}
    marked = {path for path, text in texts.items() if MARKER.search(text) or "zizmor" in text}
    comments = [comment for path in sorted(marked) for comment in comments_of(texts[path], path)]
    blocks = [block for resource in mine if marked for block in blocks_of(resource) if block.file in marked]
    problems = tuple(problem for problem in reader.diagnostics if problem.span.file in read)
    gaps = tuple(f"{problem.span}: {problem.message}" for problem in problems if problem.gap)
    around = context.load(files, repository, reader.texts, settings)
    return Loading(
        mine, problems, tuple(sorted(texts)), gaps=gaps, comments=tuple(comments), blocks=tuple(blocks), context=(*others, *around)
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
        meta["comments"] = _remarks(text, source.path) if source.kind in _REMARKED else Value({})
        span = Span(source.path, 1, 1, max(1, text.count("\n") + (not text.endswith("\n"))), 1)
        self.diagnostics += problems
        self.resources.append(
            Resource(Address("ci", path), source.kind, Facet.WRITTEN, Node(body), span, source.repository, meta=Node(Value(meta)))
        )


def _remarks(text: str, path: str) -> Value:
    """The comments of a file by their lines; a text with ` #` in it is taken for one, too."""
    found = ((number, _REMARK.search(line)) for number, line in enumerate(text.splitlines(), 1) if "#" in line)
    return Value(
        {
            str(number): Value(it[1].strip(), At(Span(path, number, it.start(1) + 1, number, it.end(1) + 1)))
            for number, it in found
            if it is not None
        }
    )


def _listing(files: Files, repository: str, anchored: bool) -> Value:
    """The repository's files by their path in it; null where the scan does not cover it, so that absence proves nothing."""
    prefix = "" if repository == "." else f"{repository}/"
    if files.only or not anchored:
        return Value(None)
    return Value({path[len(prefix) :]: Value(True) for path in files.paths if path.startswith(prefix)})
