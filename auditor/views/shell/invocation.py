"""Tools as they are called: subcommand, options and operands, behind every wrapper and in every shell inside the shell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from auditor.views.shell.options import of_flags
from auditor.views.shell.parse import parse
from auditor.views.shell.slices import without_head
from auditor.views.shell.tools import ALIASES, DEPTH, VALUES
from auditor.views.shell.tree import Command, Dialect, Script, Word
from auditor.views.shell.wrappers import Inner, inner_scripts, unwrap

_MAX_DEPTH = 4


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """An option as written (`--file`, `-f`) and its value, None when it has none; `word` is the first word of it."""

    name: str
    value: Word | None
    word: Word


@dataclass(frozen=True, slots=True, eq=False)
class Invocation:
    """One tool that a script calls.

    `start` and `end` are offsets into the outermost script's text, also for a command inside of `bash -c '...'` (there of the whole
    inner text, where quoting moves it). `shift` is what to add to the offsets of its words to get there; -1 when that is not possible.
    """

    command: Command
    tool: str
    words: tuple[Word, ...]
    subcommand: tuple[str, ...]
    options: tuple[Option, ...]
    operands: tuple[Word, ...]
    wrappers: tuple[str, ...]
    start: int
    end: int
    shift: int = 0

    def is_(self, tool: str, *subcommand: str) -> bool:
        """Whether it calls `tool` with these words first (options left out)."""
        spoken = (*self.subcommand, *(word.text for word in self.operands))
        return self.tool == tool and spoken[: len(subcommand)] == subcommand

    def has(self, *names: str) -> bool:
        """Whether one of the options is there, also as `--name=false`'s opposite: a value of false does not count."""
        return any(it.name in names and (it.value is None or it.value.text != "false") for it in self.options)

    def values(self, *names: str) -> tuple[Word, ...]:
        """The values of all options of these names, in order."""
        return tuple(it.value for it in self.options if it.name in names and it.value is not None)

    def value(self, *names: str) -> Word | None:
        """The value of the last option of these names."""
        found = self.values(*names)
        return found[-1] if found else None


def invocations(script: Script) -> tuple[Invocation, ...]:
    """Every tool that a script calls, in the order of the text."""
    return _invocations(script)


@lru_cache(maxsize=2048)
def _invocations(script: Script) -> tuple[Invocation, ...]:
    return tuple(sorted(_of_script(script, 0, 0, (0, len(script.text))), key=lambda it: (it.start, it.end)))


def _of_script(script: Script, depth: int, shift: int, around: tuple[int, int]) -> Iterator[Invocation]:
    for command in script.commands:
        if not command.words:
            continue
        place = (command.start + shift, command.end + shift) if shift >= 0 else around
        found = unwrap(command.words)
        yield invocation(command, found.words, found.wrappers, place, shift)
        for words in _executed(found.words):
            inner_found = unwrap(words)
            yield invocation(command, inner_found.words, (*found.wrappers, "find", *inner_found.wrappers), place, shift)
        if depth < _MAX_DEPTH:
            for inner in inner_scripts(command, found.words):
                yield from _inside(inner, script, command, depth, shift, place)


def _inside(inner: Inner, outer: Script, command: Command, depth: int, shift: int, place: tuple[int, int]) -> Iterator[Invocation]:
    dialect = Dialect.BASH if inner.shell in ("bash", "zsh", "ksh") else Dialect.SH if inner.shell else outer.dialect
    parsed = parse(inner.text, dialect, initial=replace(of_flags(inner.flags), directory=command.state.directory))
    exact = shift >= 0 and inner.start >= 0
    around = (inner.word.start + shift, inner.word.end + shift) if shift >= 0 else place
    yield from _of_script(parsed, depth + 1, inner.start + shift if exact else -1, around)


def _executed(words: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    """The commands of `find ... -exec ... ;`."""
    if not words or words[0].text.rpartition("/")[2] != "find":
        return
    begin = 0
    for index, word in enumerate(words):
        if word.text in ("-exec", "-execdir", "-ok"):
            begin = index + 1
        elif begin and word.text in (";", "+"):
            if index > begin:
                yield words[begin:index]
            begin = 0


def invocation(command: Command, words: tuple[Word, ...], wrappers: tuple[str, ...], place: tuple[int, int], shift: int = 0) -> Invocation:
    """The parts of one call; `words` begin with the tool."""
    tool = (words[0].literal or "").rpartition("/")[2]
    family = ALIASES.get(tool, tool)
    values = VALUES.get(family.partition(" ")[0], frozenset()) | VALUES.get(family, frozenset())
    subcommand: list[str] = family.split()[1:]
    depth = DEPTH.get(family, DEPTH.get(family.partition(" ")[0], 0))
    options: list[Option] = []
    operands: list[Word] = []
    rest = iter(words[1:])
    for word in rest:
        text = word.text
        if text == "--":
            operands.extend(rest)
        elif text.startswith("-") and len(text) > 1:
            options.append(_option(word, values, rest))
            depth = len(subcommand) if family in ("az", "gcloud") else depth
        elif len(subcommand) < depth and word.literal is not None and not operands:
            subcommand.append(text)
            known = f"{family.partition(' ')[0]} {subcommand[0]}"
            values |= VALUES.get(known, frozenset())
            depth = DEPTH.get(known, depth)
        else:
            operands.append(word)
    name = family.partition(" ")[0] if " " in family else tool
    return Invocation(command, name, words, tuple(subcommand), tuple(options), tuple(operands), wrappers, place[0], place[1], shift)


def _option(word: Word, values: frozenset[str], rest: Iterator[Word]) -> Option:
    text = word.text
    name, equals, _ = text.partition("=")
    if equals and "=" in word.prefix:
        return Option(name, without_head(word, len(name) + 1), word)
    if text in values:
        return Option(text, next(rest, None), word)
    if not text.startswith("--") and len(text) > 2 and text[:2] in values and len(word.prefix) >= 2:
        return Option(text[:2], without_head(word, 2), word)
    if not text.startswith("--") and len(text) > 2 and f"-{text[-1]}" in values and text[1:].isalpha() and text not in values:
        return Option(f"-{text[-1]}", next(rest, None), word)
    return Option(text, None, word)
