"""The files that an action names: its script, its image's recipe."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.resource import Resource
from auditor.views.github.reading import down, text_at
from auditor.views.github.repository import folder_of, has_file
from auditor.views.github.syntax.walk import Problem, node_at

_SCRIPTS = {"node": ("main", "pre", "post"), "docker": ("entrypoint", "pre-entrypoint", "post-entrypoint")}


def problems(resource: Resource) -> Iterator[Problem]:
    """Files that the action needs and the repository does not hold."""
    root = resource.body.value_
    using = text_at(root, "runs", "using") or ""
    folder = folder_of(resource)
    image = text_at(root, "runs", "image") or ""
    if image.startswith("docker://"):
        return
    recipe = ("image",) if image.rpartition("/")[2].startswith("Dockerfile") else ()
    names = (*_SCRIPTS["docker"], *recipe) if using == "docker" else _SCRIPTS["node"] if using.startswith("node") else ()
    for name in names:
        found = down(root, "runs", name)
        path = text_at(root, "runs", name)
        if found is None or not path or path.startswith("/") or "${{" in path:
            continue
        if has_file(resource, f"{folder}/{path}" if folder else path) is False:
            yield Problem("file", node_at(found, ("runs", name)), f"the repository has no {path}, which {name} names")
    for name in ("pre", "post"):
        asked = down(root, "runs", f"{name}-if")
        if asked is not None and down(root, "runs", name) is None and using.startswith("node"):
            where = node_at(asked, ("runs", f"{name}-if"))
            yield Problem("missing", where, f"there is a {name}-if, and nothing that it could be about", name)
