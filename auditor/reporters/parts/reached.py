"""The answer of `auditor reach` as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

_ANSWERS: Final = {"reachable": "reachable", "blocked": "blocked", "unknown": "not known"}
_WAYS: Final = {"forward": "on the way there", "return": "on the way back"}


def text(document: Mapping[str, Any]) -> str:
    """The document as lines for people."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Mapping[str, Any]) -> Iterator[str]:
    yield _question(document["question"])
    yield f"answer: {_ANSWERS[document['answer']]}"
    for item in document["exposed"]:
        yield from _exposed(item)
    for number, path in enumerate(document["paths"], 1):
        yield f"path {number}:" if len(document["paths"]) > 1 else "path:"
        yield from _path(path)
    for blocker in document["blockers"]:
        yield from _blocker(blocker)
    for gap in document["unknown"]:
        yield f"not known: {gap['reason']}{_place(gap['location'])}"
    for note in document["notes"]:
        yield f"note: {note}"


def _question(question: Mapping[str, Any]) -> str:
    port = f" {question['port']}" if question["port"] is not None else ", any port"
    if question["target"] is None:
        asked = "what the internet reaches" if question["source"] == "internet" else f"what of the internet reaches {question['source']}"
        return asked if question["port"] is None else f"{asked}, {question['protocol']}{port}"
    return f"{question['source']} -> {question['target']}, {question['protocol']}{port}"


def _exposed(item: Mapping[str, Any]) -> Iterator[str]:
    low, high = item["ports"]
    ports = "every port" if (low, high) == (0, 65535) else f"{low}" if low == high else f"{low}-{high}"
    mark = "" if item["answer"] == "reachable" else f"  ({_ANSWERS[item['answer']]})"
    by = f" through {item['through']}" if item["through"] else ""
    yield f"  {item['resource']}: {item['protocol']} {ports} from {item['sources']}{by}{_place(item['location'])}{mark}"


def _path(path: list[Mapping[str, Any]]) -> Iterator[str]:
    back = False
    for hop in path:
        if hop["direction"] == "return" and not back:
            back = True
            yield "  answers:"
        what = f"  {hop['what']}" if hop["what"] else ""
        yield f"  {'  ' if back else ''}{hop['resource']}{_place(hop['location'])}{what}"


def _blocker(blocker: Mapping[str, Any]) -> Iterator[str]:
    some = "some connections are blocked" if blocker["partial"] else "blocked"
    name = " ".join(part for part in (blocker["resource"], blocker["attribute"]) if part)
    yield f"{some} {_WAYS[blocker['direction']]}: {name}{_place(blocker['location'])}"
    yield f"    {blocker['reason']}"
    yield f"    change: {blocker['fix']}"


def _place(location: Mapping[str, Any]) -> str:
    return f"  {location['path']}:{location['line']}" if location["path"] else ""
