"""The answer of `auditor why` as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

_DECISIONS: Final = {
    "allow": "allowed, by what is here",
    "implicit_deny": "denied: nothing allows it",
    "explicit_deny": "denied by a Deny statement",
    "unknown": "not known",
}


def text(document: Mapping[str, Any]) -> str:
    """The document as lines for people."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Mapping[str, Any]) -> Iterator[str]:
    question = document["question"]
    yield f"{question['principal']} -> {question['action']} on {question['resource'] or '(a resource that the text does not name)'}"
    yield f"decision: {_DECISIONS[document['decision']]}"
    for layer in document["layers"]:
        mark = "  <- blocks" if layer["layer"] in document["blocking"] else ""
        yield f"  {layer['layer']}: {layer['effect']}{mark}"
        for statement in layer["statements"]:
            sid = f" ({statement['sid']})" if statement["sid"] else ""
            yield f"    {statement['resource']} {statement['attribute']}{sid}{_place(statement['location'])}"
        for gap in layer["gaps"]:
            yield f"    not known: {gap}"
    for doubt in document["depends_on"]:
        yield f"depends on: {doubt}"
    if document["decision"] == "allow":
        yield "what is here allows the request: what runs may differ from it, or another layer denies"
    for fix in document["fix"]:
        yield f"fix: {fix['resource']}{_place(fix['location'])}"
        yield f"    {fix['patch']}"


def _place(location: Mapping[str, Any]) -> str:
    return f"  {location['path']}:{location['line']}" if location["path"] else ""
