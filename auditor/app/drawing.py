"""A graph document as a picture: for Graphviz and for Mermaid."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def dot(document: Mapping[str, Any]) -> str:
    """The DOT text of a graph document."""
    lines = ["digraph resources {", "  rankdir=LR;", '  node [shape=box, fontname="sans-serif"];']
    names = _names(document)
    lines += [f"  {name} [label={json.dumps(label)}];" for name, label in names.values()]
    lines += [f"  {source} -> {target} [label={json.dumps(kind)}];" for source, target, kind in _arrows(document, names)]
    return "\n".join([*lines, "}"]) + "\n"


def mermaid(document: Mapping[str, Any]) -> str:
    """The Mermaid text of a graph document."""
    names = _names(document)
    lines = [f'  {name}["{_escape(label)}"]' for name, label in names.values()]
    lines += [f"  {source} -- {kind} --> {target}" for source, target, kind in _arrows(document, names)]
    return "\n".join(["flowchart LR", *lines]) + "\n"


def _names(document: Mapping[str, Any]) -> dict[tuple[str, str], tuple[str, str]]:
    """(root, address) -> (name in the picture, label); a resource is drawn once, whatever its facets."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    several = len({resource["root"] for resource in document["resources"]}) > 1
    for resource in document["resources"]:
        key = (resource["root"], resource["address"])
        label = f"{resource['root']}: {resource['address']}" if several else resource["address"]
        found.setdefault(key, (f"n{len(found)}", label))
    return found


def _arrows(document: Mapping[str, Any], names: Mapping[tuple[str, str], tuple[str, str]]) -> list[tuple[str, str, str]]:
    ends = ((edge, (edge["root"], edge["from"]), (edge["root"], edge["to"])) for edge in document["edges"])
    arrows = ((names[one][0], names[other][0], edge["kind"]) for edge, one, other in ends if one in names and other in names)
    return list(dict.fromkeys(arrows))


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
