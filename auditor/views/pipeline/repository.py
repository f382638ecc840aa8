"""The files of the repository that a pipeline works on: whether what it names is there."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property
from posixpath import dirname, normpath

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.cache import of_graph


class Repository:
    """A listing of paths; `known` is false where the scan covers only a part, so that nothing can be said of what is not there."""

    def __init__(self, paths: Iterable[str] | None) -> None:
        self.known = paths is not None
        self.paths = frozenset(paths or ())

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a file, at any depth."""
        found: set[str] = set()
        for path in self.paths:
            folder = dirname(path)
            while folder and folder not in found:
                found.add(folder)
                folder = dirname(folder)
        return frozenset(found)

    def has(self, path: str) -> bool | None:
        """Whether there is a file or folder of that path; None when that cannot be told."""
        inside = clean(path)
        if inside is None or not self.known:
            return None
        there = inside in ("", ".") or inside in self.paths or inside in self.folders
        return True if there else None if ".gitmodules" in self.paths else False

    def nearest(self, path: str) -> str:
        """The path that was probably meant; empty when none is near."""
        name = path.rpartition("/")[2]
        same = sorted(it for it in self.paths if it.rpartition("/")[2] == name)
        if len(same) == 1:
            return same[0]
        return next(iter(get_close_matches(path, sorted(self.paths | self.folders), 1, 0.8)), "")


def clean(path: str) -> str | None:
    """A path of the repository without `./` and `..`; None when it leads out of it or is absolute."""
    if path.startswith(("/", "~")):
        return None
    inside = normpath(path or ".")
    return None if inside.startswith("..") else inside


def repository(resource: Resource, graph: Graph) -> Repository:
    """The repository of a pipeline."""
    listing = resource.meta.at("files").data
    made: dict[int, Repository] = of_graph(graph, "repositories", dict)
    if id(listing) not in made:
        made[id(listing)] = Repository(listing if isinstance(listing, dict) else None)
    return made[id(listing)]
