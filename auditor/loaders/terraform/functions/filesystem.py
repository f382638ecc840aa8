"""Files of the repository, and paths."""

from __future__ import annotations

import posixpath
import re

from auditor.loaders.terraform.algorithms.base64_text import encode
from auditor.loaders.terraform.call import Call, Family, OutsideRepository, Parameter, outside
from auditor.loaders.terraform.values.convert import make_set
from auditor.loaders.terraform.values.types import BOOL, STRING, EvaluationError, SetType, Typed
from auditor.model.value import Unknown

_family = Family()
FUNCTIONS = _family.functions

_PATH = Parameter("path", STRING)


def _clean(path: str) -> str:
    found = posixpath.normpath(path) if path else "."
    return found[1:] if found.startswith("//") else found


@_family.add("file", _PATH, result=STRING)
def _file(call: Call) -> Typed:
    text = call.context.read_text(call.arguments[0].data)
    return call.unknown(text) if isinstance(text, Unknown) else call.value(text)


@_family.add("filebase64", _PATH, result=STRING)
def _filebase64(call: Call) -> Typed:
    data = call.context.read_bytes(call.arguments[0].data)
    return call.unknown(data) if isinstance(data, Unknown) else call.value(encode(data))


@_family.add("fileexists", _PATH, result=BOOL)
def _fileexists(call: Call) -> Typed:
    path = call.arguments[0].data
    try:
        data = call.context.read_bytes(path)
    except EvaluationError:
        if any(True for _ in call.context.list_files(_clean(path))):
            raise EvaluationError(f"{path or '.'} is a directory, not a file") from None
        return call.value(False)
    return call.unknown(data) if isinstance(data, Unknown) else call.value(True)


@_family.add("fileset", _PATH, Parameter("pattern", STRING), result=SetType(STRING))
def _fileset(call: Call) -> Typed:
    folder, pattern = (argument.data for argument in call.arguments)
    if folder.startswith("~"):
        return call.unknown(outside(folder))
    folder = _clean(folder)
    pattern = _clean(pattern)
    if pattern.startswith("../"):
        return call.unknown(Unknown(f"{pattern} leads out of {folder}"))
    matcher = _glob(pattern)
    if pattern == ".":
        return make_set([call.value(".")] if _is_file(call, folder) else [], STRING, call.value(None))
    try:
        found = sorted(path for path in call.context.list_files(folder) if matcher.fullmatch(path))
    except OutsideRepository:
        return call.unknown(outside(folder))
    return make_set([call.value(path) for path in found], STRING, call.value(None))


def _is_file(call: Call, path: str) -> bool:
    try:
        return isinstance(call.context.read_bytes(path), bytes)
    except EvaluationError:
        return False


_GLOB = r"\*\*/|\*\*|\*|\?|\[(\^?)((?:\\.|[^\]\\])+)\]|\{|\}|,|\\.|[^*?\[{},\\]+|."


def _glob(pattern: str) -> re.Pattern[str]:
    """A pattern of paths: `*` and `?` stay in a folder, `**` goes through any number of them, `{a,b}` is either."""
    parts: list[str] = []
    depth = 0
    for token in re.finditer(_GLOB, pattern, re.DOTALL):
        text = token[0]
        if text == "**/":
            parts.append("(?:[^/]+/)*")
        elif text in ("**", "*"):
            parts.append(".*" if text == "**" else "[^/]*")
        elif text == "?":
            parts.append("[^/]")
        elif token[2] is not None:
            parts.append(f"[{token[1]}{token[2]}]" if "[" not in token[2] else f"[{token[1]}{re.escape(token[2])}]")
        elif text == "{" or (text == "}" and depth):
            depth += 1 if text == "{" else -1
            parts.append("(?:" if text == "{" else ")")
        elif text == "[":
            raise EvaluationError(f"failed to glob pattern {pattern}: syntax error in pattern")
        elif text == "," and depth:
            parts.append("|")
        else:
            parts.append(re.escape(text[1:] if text.startswith("\\") and len(text) > 1 else text))
    try:
        return re.compile("".join(parts), re.DOTALL)
    except re.error:
        raise EvaluationError(f"failed to glob pattern {pattern}: syntax error in pattern") from None


_family.scalar("basename", _PATH, result=STRING)(lambda path: (path.rstrip("/").rpartition("/")[2] or "/") if path else ".")
_family.scalar("dirname", _PATH, result=STRING)(lambda path: _clean(path.rpartition("/")[0] + path.rpartition("/")[1]))


@_family.add("abspath", _PATH, result=STRING)
def _abspath(call: Call) -> Typed:
    path = call.arguments[0].data
    root = call.context.root_dir
    if not path.startswith("/") and not root.startswith("/"):
        return call.unknown(Unknown("absolute paths depend on where the configuration is checked out"))
    return call.value(_clean(posixpath.join(root, path)))


@_family.add("pathexpand", _PATH, result=STRING)
def _pathexpand(call: Call) -> Typed:
    path = call.arguments[0].data
    if not path.startswith("~"):
        return call.value(path)
    if len(path) > 1 and path[1] != "/":
        raise EvaluationError("cannot expand user-specific home dir")
    return call.unknown(Unknown("the home directory is that of whoever runs terraform"))
