"""Which files of a tree are pipelines, by their path or else by what stands in them, and to which repository they belong."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from posixpath import dirname

from auditor.loaders.files import Files, Unreadable

_SNIFFED = 64_000
_YAML = (".yml", ".yaml")


@dataclass(frozen=True, slots=True)
class Platform:
    """How the files of one kind are known: a path that `path` finds, or YAML in which every one of `content` occurs.

    What stands before the group `inside` of the path is the repository.
    """

    kind: str
    path: re.Pattern[str]
    content: tuple[re.Pattern[str], ...] = ()


def _key(name: str) -> re.Pattern[str]:
    return re.compile(rf"""^["']?{name}["']?[ \t]*:""", re.M)


PLATFORMS = (
    Platform("github_workflow", re.compile(r"(?:^|/)(?P<inside>\.github/workflows/[^/]+\.ya?ml$)"), (_key("on"), _key("jobs"))),
    Platform(
        "dependabot", re.compile(r"(?:^|/)(?P<inside>\.github/dependabot\.ya?ml$)"), (_key("updates"), re.compile("package-ecosystem"))
    ),
    Platform("github_action", re.compile(r"(?!)"), (_key("runs"), re.compile(r"^[ \t]+[\"']?using[\"']?[ \t]*:", re.M))),
    Platform(
        "pre_commit",
        re.compile(r"(?:^|/)(?P<inside>\.pre-commit-config\.ya?ml$)"),
        (_key("repos"), re.compile(r"^[ \t-]+hooks[ \t]*:", re.M)),
    ),
    Platform("gitlab_pipeline", re.compile(r"(?:^|/)(?P<inside>(?:[^/]*\.)?gitlab-ci\.ya?ml$|\.gitlab/ci/.+\.ya?ml$)")),
    Platform("circleci_pipeline", re.compile(r"(?:^|/)(?P<inside>\.circleci/[^/]+\.ya?ml$)")),
    Platform(
        "azure_pipeline",
        re.compile(
            r"(?:^|/)(?P<inside>azure-pipelines?[^/]*\.ya?ml$|\.azure-pipelines/.+\.ya?ml$|\.azuredevops/.+\.ya?ml$|\.pipelines/.+\.ya?ml$)"
        ),
    ),
    Platform("bitbucket_pipeline", re.compile(r"(?:^|/)(?P<inside>bitbucket-pipelines\.ya?ml$)")),
    Platform("codebuild_buildspec", re.compile(r"(?:^|/)(?P<inside>[^/]*buildspec[^/]*\.ya?ml$)"), (_key("phases"), _key("version"))),
    Platform("jenkinsfile", re.compile(r"(?:^|/)(?P<inside>Jenkinsfile[^/]*$|[^/]+\.[Jj]enkinsfile$)")),
)

_ANYWHERE = frozenset({"azure_pipeline", "codebuild_buildspec", "gitlab_pipeline", "jenkinsfile"})
"""Kinds whose files may stand in any folder of a repository, so that a folder with one need not be its top."""


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A pipeline file.

    `repository` is the folder that its paths start from, `.` for the scanned root; `anchored`: its path tells where that is.
    """

    repository: str
    path: str
    kind: str
    anchored: bool = True


def find(files: Files) -> tuple[Source, ...]:
    """The pipeline files of a tree, sorted.

    What only its content tells belongs to the nearest repository around it; where there is none, its folder stands for one.
    """
    known = [source for path in files.paths if (source := _by_path(path)) is not None]
    named = {source.path for source in known}
    repositories = {source.repository for source in known if source.anchored}
    known = [it if it.anchored else replace(it, repository=_around(it.path, repositories)) for it in known]
    known += (
        Source(_around(path, repositories), path, kind, anchored=False)
        for path in files.paths
        if path not in named and path.endswith(_YAML) and (kind := _by_content(files, path))
    )
    return tuple(sorted(known))


def _by_path(path: str) -> Source | None:
    for platform in PLATFORMS:
        if found := platform.path.search(path):
            repository = path[: found.start("inside")].rstrip("/") or "."
            anchored = repository == "." or "/" in found["inside"] or platform.kind not in _ANYWHERE
            return Source(repository, path, platform.kind, anchored)
    return None


def _by_content(files: Files, path: str) -> str:
    try:
        head = files.read_bytes(path)[:_SNIFFED].decode("utf-8-sig", "replace")
    except Unreadable:
        return ""
    return next((it.kind for it in PLATFORMS if it.content and all(pattern.search(head) for pattern in it.content)), "")


def _around(path: str, repositories: set[str]) -> str:
    folder = dirname(path)
    while folder and folder not in repositories:
        folder = dirname(folder)
    return folder or ("." if "." in repositories else dirname(path) or ".")
