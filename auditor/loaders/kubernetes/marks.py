"""Comments at the ends of a template's lines: what is rendered then says from which line it comes."""

from __future__ import annotations

import re
from collections.abc import Mapping

MARK = re.compile(r"[ \t]*#@@(\d+):(\d+)[ \t]*$")
_CONTROL = re.compile(r"\{\{-?\s*(?:if|else|end|range|with|define|template|block|/\*|\$[\w.]+\s*:?=|break|continue)\b|\{\{-?\s*/\*")
_ACTION = re.compile(r"\{\{.*?\}\}")
_BLOCK_SCALAR = re.compile(r"(?:^|[\s:])[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
_OPENS = re.compile(r"\{\{-?\s*(?:if|range|with|define|block)\b")
_ENDS = re.compile(r"\{\{-?\s*end\b")
_DEFINES = re.compile(r"\{\{-?\s*(?:define|block)\b")


def marked(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[str]]:
    """(the files with marks in their templates, the names that the marks count)."""
    found: dict[str, bytes] = {}
    names: list[str] = []
    for path, data in files.items():
        found[path] = data
        if re.search(r"(?:^|/)templates/", path) and path.endswith((".yaml", ".yml")) and not path.rpartition("/")[2].startswith("_"):
            try:
                text = data.decode()
            except UnicodeDecodeError:
                continue
            names.append(path)
            found[path] = mark(text, len(names) - 1).encode()
    return found, names


def mark(text: str, number: int) -> str:
    """A template with a comment at the end of each line that can bear one."""
    lines: list[str] = []
    open_action = False
    depth = 0
    block: int | None = None
    for index, line in enumerate(text.split("\n"), 1):
        was_open, open_action = open_action, _still_open(line, open_action=open_action)
        if depth or _DEFINES.search(line):
            depth = max(0, depth + len(_OPENS.findall(line)) - len(_ENDS.findall(line)))
            lines.append(line)
            continue
        indent = len(line) - len(line.lstrip())
        if block is not None and line.strip() and not line.lstrip().startswith("{{") and indent <= block:
            block = None
        inside = block is not None
        bare = _ACTION.sub("", line)
        if not inside and _BLOCK_SCALAR.search(bare):
            block = indent
        bears = not (was_open or open_action or inside) and _can_bear(line, bare)
        lines.append(f"{line} #@@{number}:{index}" if bears else line)
    return "\n".join(lines)


def _can_bear(line: str, bare: str) -> bool:
    text = line.strip()
    if not text or text.startswith("#") or text in ("---", "...") or text.endswith(("-}}", "\\", "\r")):
        return False
    if _CONTROL.match(text) and not bare.strip():
        return False
    return bare.count('"') % 2 == 0 and (bare.count("'") % 2 == 0 or '"' in bare)


def _still_open(line: str, *, open_action: bool) -> bool:
    start = 0
    while True:
        found = line.find("}}" if open_action else "{{", start)
        if found < 0:
            return open_action
        open_action = not open_action
        start = found + 2
