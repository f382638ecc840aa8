"""Regular expressions as RE2 matches them: the first alternative wins, and the time is bounded by pattern times text.

Python's own engine can take exponential time on a pattern that somebody else wrote; this one cannot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from auditor.loaders.terraform.regexp import TooMuchWork
from auditor.loaders.terraform.regexp.chars import CharSet
from auditor.loaders.terraform.regexp.nodes import Assert, Chars, Choice, Group, Node, Repeat, Sequence
from auditor.loaders.terraform.regexp.syntax import Parser

_MOST_STEPS: Final = 3_000_000

_CHAR, _SET, _FORK, _SAVE, _ASSERT, _MATCH = range(6)


@dataclass(slots=True)
class Work:
    """How many steps one operation may still take."""

    left: int = _MOST_STEPS


@dataclass(frozen=True)
class Regexp:
    """A compiled pattern."""

    program: list[tuple[int, object, int]]
    names: list[str | None]
    """The name of each group, None for one without."""

    def search(self, text: str, start: int = 0, work: Work | None = None) -> list[int] | None:
        """The offsets of the first match and of its groups, start and end in turn, -1 where a group took no part."""
        work = work or Work()
        visited: set[int] = set()
        try:
            return self._search(text, start, visited, work.left)
        finally:
            work.left -= len(visited)

    def _search(self, text: str, start: int, visited: set[int], most: int) -> list[int] | None:
        first = self.program[0]
        position = start
        while position <= len(text):
            if first[0] == _CHAR:
                position = text.find(str(first[1]), position)
                if position < 0:
                    return None
            found = self._run(text, position, visited, most)
            if found is not None or (first[0] == _ASSERT and first[1] == "text start"):
                return found
            position += 1
        return None

    def all(self, text: str) -> Iterator[list[int]]:
        """The matches that do not overlap; an empty one does not follow another match directly."""
        position, before, work = 0, -1, Work()
        while position <= len(text):
            found = self.search(text, position, work)
            if found is None:
                return
            if found[1] > found[0] or found[0] != before:
                yield found
            position = found[1] + 1 if found[1] == position and found[0] == found[1] else max(found[1], position)
            before = found[1]

    def replace(self, text: str, template: str) -> str:
        """`text` with every match replaced; `$1` and `${name}` in the template stand for groups."""
        parts: list[str] = []
        position = last = 0
        work = Work()
        while position <= len(text):
            found = self.search(text, position, work)
            if found is None:
                break
            parts.append(text[last : found[0]])
            if found[1] > last or found[0] == 0:
                parts.append(self._expand(text, found, template))
            last = found[1]
            position = max(found[1], position + 1)
        return "".join([*parts, text[last:]])

    def _expand(self, text: str, found: list[int], template: str) -> str:
        import re

        def group(reference: re.Match[str]) -> str:
            if reference[0] == "$$":
                return "$"
            name = reference[1] or reference[2]
            index = int(name) if name.isdigit() else self.names.index(name) + 1 if name in self.names else -1
            return text[found[2 * index] : found[2 * index + 1]] if 0 <= 2 * index < len(found) and found[2 * index] >= 0 else ""

        return re.sub(r"\$(?:\$|([A-Za-z0-9_]+)|\{([A-Za-z0-9_]+)\})", group, template, flags=re.ASCII)

    def _run(self, text: str, start: int, visited: set[int], most: int) -> list[int] | None:
        """The match that starts at a position. A state that failed at a place once is not tried there again."""
        program, width = self.program, len(text) + 1
        saved = [start, -1] + [-1] * (2 * len(self.names))
        stack: list[tuple[int, int, int]] = [(0, start, -1)]
        while stack:
            at, position, restore = stack.pop()
            if restore >= 0:
                saved[restore] = position
                continue
            if len(visited) > most:
                raise TooMuchWork
            while True:
                state = at * width + position
                if state in visited:
                    break
                visited.add(state)
                kind, argument, following = program[at]
                if kind <= _SET:
                    if position >= width - 1 or not (text[position] == argument if kind == _CHAR else text[position] in argument):  # type: ignore[operator]
                        break
                    at, position = following, position + 1
                elif kind == _FORK:
                    stack.append((argument, position, -1))  # type: ignore[arg-type]
                    at = following
                elif kind == _SAVE:
                    slot: int = argument  # type: ignore[assignment]
                    stack.append((at, saved[slot], slot))
                    saved[slot] = position
                    at = following
                elif kind == _ASSERT:
                    if not _holds(str(argument), text, position):
                        break
                    at = following
                else:
                    saved[1] = position
                    return saved
        return None


def _holds(what: str, text: str, position: int) -> bool:
    match what:
        case "text start":
            return position == 0
        case "text end":
            return position == len(text)
        case "line start":
            return position == 0 or text[position - 1] == "\n"
        case "line end":
            return position == len(text) or text[position] == "\n"
        case _:
            return _is_edge(text, position) == (what == "word")


def _is_edge(text: str, position: int) -> bool:
    """Whether a word begins or ends here."""
    before = position > 0 and _is_word(text[position - 1])
    after = position < len(text) and _is_word(text[position])
    return before != after


def _is_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char == "_")


@lru_cache(maxsize=256)
def compile_regexp(pattern: str) -> Regexp:
    """The compiled pattern; raises `EvaluationError` when it is not valid, `Unsupported` when it cannot be matched here."""
    parser = Parser(pattern)
    node = parser.parse()
    program: list[tuple[int, object, int]] = []
    _emit(node, program)
    program.append((_MATCH, None, 0))
    return Regexp(program, parser.names)


def _emit(node: Node, into: list[tuple[int, object, int]]) -> None:
    """Appends the instructions of a node, which go on behind themselves."""
    match node:
        case Chars(chars=chars):
            into.append((_SET if isinstance(chars, CharSet) else _CHAR, chars, len(into) + 1))
        case Assert(what=what):
            into.append((_ASSERT, what, len(into) + 1))
        case Sequence(parts=parts):
            for part in parts:
                _emit(part, into)
        case Group(index=index, inner=inner):
            into.append((_SAVE, 2 * index, len(into) + 1))
            _emit(inner, into)
            into.append((_SAVE, 2 * index + 1, len(into) + 1))
        case Choice(parts=parts):
            _emit_choice(parts, into)
        case Repeat():
            _emit_repeat(node, into)


def _emit_choice(parts: tuple[Node, ...], into: list[tuple[int, object, int]]) -> None:
    jumps = []
    for part in parts[:-1]:
        fork = len(into)
        into.append((_FORK, None, fork + 1))
        _emit(part, into)
        jumps.append(len(into))
        into.append((_FORK, None, 0))
        into[fork] = (_FORK, len(into), fork + 1)
    _emit(parts[-1], into)
    for jump in jumps:
        into[jump] = (_FORK, len(into), len(into))


def _emit_repeat(node: Repeat, into: list[tuple[int, object, int]]) -> None:
    if node.most == 0:
        return
    if node.most is None:
        for _ in range(node.least - 1):
            _emit(node.inner, into)
        if node.least == 0 and not _may_be_empty(node.inner):
            _emit_loop(node, into, before=True)
        elif node.least == 0:
            # What can match nothing is tried at least once, so that its first alternative has its say.
            _emit_optional(Repeat(node.inner, 1, None, node.greedy), node.greedy, into)
        else:
            _emit_loop(node, into, before=False)
        return
    for _ in range(node.least):
        _emit(node.inner, into)
    forks = []
    for _ in range(node.most - node.least):
        forks.append(len(into))
        into.append((_FORK, None, 0))
        _emit(node.inner, into)
    for fork in forks:
        into[fork] = _fork(fork + 1, len(into), node.greedy)


def _fork(inside: int, outside: int, greedy: bool) -> tuple[int, object, int]:
    return (_FORK, outside, inside) if greedy else (_FORK, inside, outside)


def _emit_optional(inner: Node, greedy: bool, into: list[tuple[int, object, int]]) -> None:
    fork = len(into)
    into.append((_FORK, None, 0))
    _emit(inner, into)
    into[fork] = _fork(fork + 1, len(into), greedy)


def _emit_loop(node: Repeat, into: list[tuple[int, object, int]], *, before: bool) -> None:
    start = len(into)
    if before:
        into.append((_FORK, None, 0))
        _emit(node.inner, into)
        into.append((_FORK, start, start))
        into[start] = _fork(start + 1, len(into), node.greedy)
    else:
        _emit(node.inner, into)
        into.append(_fork(start, len(into) + 1, node.greedy))


def _may_be_empty(node: Node) -> bool:
    match node:
        case Chars():
            return False
        case Assert():
            return True
        case Sequence(parts=parts):
            return all(map(_may_be_empty, parts))
        case Choice(parts=parts):
            return any(map(_may_be_empty, parts))
        case Group(inner=inner):
            return _may_be_empty(inner)
        case Repeat(inner=inner, least=least):
            return least == 0 or _may_be_empty(inner)
