"""The files of a repository that workflows name: local actions, reusable workflows, and whether a path exists."""

from __future__ import annotations

from collections import defaultdict
from posixpath import basename, dirname, normpath

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.cache import of_graph

ACTION_FILES = ("action.yml", "action.yaml")


def _index(graph: Graph) -> tuple[dict[tuple[str, str], Resource], dict[tuple[str, str], list[Resource]]]:
    """((repository, path) -> resource, (repository, file name) -> workflows)."""

    def make() -> tuple[dict[tuple[str, str], Resource], dict[tuple[str, str], list[Resource]]]:
        by_path: dict[tuple[str, str], Resource] = {}
        by_name: dict[tuple[str, str], list[Resource]] = defaultdict(list)
        for resource in graph.of("github_workflow", "github_action"):
            path = resource.address.text
            by_path[resource.root, path] = resource
            if resource.kind == "github_workflow":
                by_name[resource.root, basename(path)].append(resource)
        return by_path, by_name

    return of_graph(graph, "github-files", make)


def local_action(resource: Resource, graph: Graph, uses: str) -> Resource | None:
    """The action in a folder of the repository that `uses: ./folder` names; None when it was not read."""
    folder = normpath(uses)
    by_path, _ = _index(graph)
    for name in ACTION_FILES:
        path = name if folder == "." else f"{folder}/{name}"
        if found := by_path.get((resource.root, path)):
            return found
    return None


def local_workflow(resource: Resource, graph: Graph, uses: str) -> Resource | None:
    """The workflow that `uses: ./path` names, or else the only one whose path ends like it; None when there is none."""
    path = normpath(uses)
    by_path, by_name = _index(graph)
    if found := by_path.get((resource.root, path)):
        return found if found.kind == "github_workflow" else None
    alike = [it for it in by_name.get((resource.root, basename(path)), ()) if it.address.text.endswith(f"/{path}")]
    return alike[0] if len(alike) == 1 else None


def has_file(resource: Resource, path: str) -> bool | None:
    """Whether the repository holds a file; None when the scan does not say."""
    listing = resource.meta.at("files").data
    if not isinstance(listing, dict):
        return None
    return normpath(path) in listing


def folder_of(resource: Resource) -> str:
    """The folder of a resource's file, in its repository."""
    return dirname(resource.address.text)
