"""One instruction: its flags, form, words and entries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from auditor.loaders.dockerfile.fragment import Fragment, Text
from auditor.loaders.dockerfile.lines import Line
from auditor.loaders.dockerfile.words import Known, Scope, evaluate, exec_form, pairs, split
from auditor.model.redacted_text import mask_text
from auditor.model.redaction import secret_name
from auditor.model.value import Marks

_FLAG: Final = re.compile(r"--([a-z][\w-]*)(?:=(\"[^\"]*\"|'[^']*'|\S*))?(?:\s|\\\n|$)+")
_SHELLS: Final = frozenset({"RUN", "CMD", "ENTRYPOINT", "SHELL", "HEALTHCHECK"})
_FLAGGED: Final = frozenset({"FROM", "RUN", "COPY", "ADD", "HEALTHCHECK"})
_ENTRIES: Final = frozenset({"ENV", "ARG", "LABEL"})
_NAME_FIRST: Final = re.compile(r"([^\s=]+)(\s+)(?!\s)")


@dataclass(slots=True)
class Instruction:
    """What was read. `entries`: (name, value, whether one is written); `items` their tables."""

    table: Fragment
    words: list[Fragment] = field(default_factory=list)
    flags: dict[str, Fragment] = field(default_factory=dict)
    entries: list[tuple[str, Known, bool]] = field(default_factory=list)
    items: list[Fragment] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class Reader:
    """Reads instructions of one file."""

    def __init__(self, text: Text, escape: str) -> None:
        self.text = text
        self.escape = escape

    def read(self, line: Line, scope: Scope) -> Instruction:
        """The instruction of a line, its words evaluated in a scope."""
        trigger = line.keyword == "ONBUILD"
        if trigger:
            line = _inner(line)
        rest, start = line.rest, line.rest_start
        made = Instruction(self.text.fragment(None, line.start, line.end))
        if line.keyword in _FLAGGED:
            rest, start = self._flags(made, rest, start, scope)
        value = self.text.fragment(rest, start, start + len(rest))
        data: dict[str, Any] = {"instruction": self.text.fragment(line.keyword, line.start, line.start + len(line.keyword)), "value": value}
        if line.keyword in _SHELLS:
            self._command(made, data, line, rest, start)
        elif line.keyword in _ENTRIES:
            self._entries(made, line.keyword, rest, start, scope)
            data["entries"] = self._list(made.items, start, rest)
        else:
            self._words(made, data, line.keyword, rest, start, scope)
        if made.flags:
            data["flags"] = self._list(made.flags, line.rest_start, line.rest)
        if line.heredocs:
            data["heredocs"] = self._list([self._heredoc(it) for it in line.heredocs], start, rest)
        if trigger:
            data["trigger"] = self.text.fragment(True, line.start, line.end)
        made.table.data = data
        return made

    def _list(self, data: Any, start: int, rest: str) -> Fragment:
        return self.text.fragment(data, start, start + len(rest))

    def _heredoc(self, it: Any) -> Fragment:
        value = self.text.fragment(self.text.text[it.start : it.end], it.start, it.end)
        data = {
            "name": self.text.fragment(it.name, it.start, it.start),
            "value": value,
            "expand": self.text.fragment(it.expand, it.start, it.start),
        }
        return self.text.fragment(data, it.start, it.end)

    def _flags(self, made: Instruction, rest: str, start: int, scope: Scope) -> tuple[str, int]:
        position = 0
        while found := _FLAG.match(rest, position):
            text = found[2] if found[2] is not None else ""
            at = found.start(2) if found[2] is not None else found.start()
            value: Any = evaluate(text, scope, self.escape) if found[2] is not None else True
            one = self.text.fragment(value, start + at, start + at + len(text))
            if found[1] in made.flags:
                before = made.flags[found[1]]
                items = before.data if isinstance(before.data, list) else [before]
                one = self._list([*items, one], start, rest[: found.end()])
            made.flags[found[1]] = one
            position = found.end()
        return rest[position:], start + position

    def _command(self, made: Instruction, data: dict[str, Any], line: Line, rest: str, start: int) -> None:
        if line.keyword == "HEALTHCHECK":
            kind = re.match(r"(\S+)(?:\s|\\\n)*", rest)
            word = kind[1].upper() if kind else ""
            if word not in ("NONE", "CMD"):
                made.problems.append("HEALTHCHECK reads HEALTHCHECK [OPTIONS] CMD COMMAND, or HEALTHCHECK NONE")
            data["type"] = self.text.fragment(word, start, start + len(word))
            skip = kind.end() if kind else 0
            rest, start = rest[skip:], start + skip
            data["value"] = self.text.fragment(rest, start, start + len(rest))
        items = exec_form(rest)
        data["form"] = self.text.fragment("shell" if items is None else "exec", start, start + len(rest))
        if items is not None:
            made.words = [self.text.fragment(item, start + begin, start + end) for item, begin, end in items]
            data["words"] = self._list(made.words, start, rest)

    def _words(self, made: Instruction, data: dict[str, Any], keyword: str, rest: str, start: int, scope: Scope) -> None:
        items = exec_form(rest) if keyword in ("COPY", "ADD", "VOLUME") else None
        if items is not None:
            data["form"] = self.text.fragment("exec", start, start + len(rest))
            places = [(evaluate(item, scope, self.escape), begin, end) for item, begin, end in items]
        elif keyword in ("WORKDIR", "MAINTAINER", "STOPSIGNAL"):
            places = [(evaluate(rest, scope, self.escape), 0, len(rest))] if rest else []
        else:
            places = [(evaluate(rest[begin:end], scope, self.escape), begin, end) for begin, end in split(rest)]
        made.words = [self.text.fragment(value, start + begin, start + end) for value, begin, end in places]
        if not made.words:
            made.problems.append(f"{keyword} has no argument")
        elif keyword in ("COPY", "ADD") and len(made.words) < 2:
            made.problems.append(f"{keyword} needs a source and a destination")
        data["words"] = self._list(made.words, start, rest)

    def _entries(self, made: Instruction, keyword: str, rest: str, start: int, scope: Scope) -> None:
        places = list(pairs(rest, self.escape))
        if not places:
            made.problems.append(f"{keyword} has no argument")
            return
        if keyword != "ARG" and "=" not in rest[slice(*places[0])]:
            found = _NAME_FIRST.match(rest)
            if not found:
                made.problems.append(f"{keyword} needs a value")
                return
            self._entry(made, (0, found.end(1)), (found.end(), len(rest)), rest, start, scope)
            return
        for begin, end in places:
            name, equals, _ = rest[begin:end].partition("=")
            if equals:
                self._entry(made, (begin, begin + len(name)), (begin + len(name) + 1, end), rest, start, scope)
            elif keyword == "ARG":
                self._entry(made, (begin, end), None, rest, start, scope)
            else:
                made.problems.append(f"{keyword} reads NAME=VALUE, and {_short(name)} has no value")

    def _entry(self, made: Instruction, name: tuple[int, int], value: tuple[int, int] | None, rest: str, start: int, scope: Scope) -> None:
        key = evaluate(rest[slice(*name)], scope, self.escape)
        key = key if isinstance(key, str) else rest[slice(*name)]
        known: Known = evaluate(rest[slice(*value)], scope, self.escape) if value is not None else ""
        at = value or name
        data: dict[str, Any] = {
            "name": self.text.fragment(key, start + name[0], start + name[1]),
            "value": self.text.fragment(known if value is not None else None, start + at[0], start + at[1]),
            "written": self.text.fragment(rest[slice(*value)] if value is not None else "", start + at[0], start + at[1]),
        }
        if value is not None and (secret_name(key) or (isinstance(known, str) and mask_text(known) != known)):
            data["value"].marks = data["written"].marks = Marks((), sensitive=True)
        made.entries.append((key, known, value is not None))
        made.items.append(self.text.fragment(data, start + name[0], start + at[1]))


def _short(text: str) -> str:
    return repr(text if len(text) < 30 else f"{text[:27]}...")


def _inner(line: Line) -> Line:
    """The instruction that ONBUILD keeps for later."""
    found = re.match(r"(\S+)(?:\s|\\\n)*", line.rest)
    if not found:
        return Line("ONBUILD", line.start, line.end, "", line.rest_start, line.rest_end)
    skip = found.end()
    return Line(found[1].upper(), line.start, line.end, line.rest[skip:], line.rest_start + skip, line.rest_end, line.heredocs)
