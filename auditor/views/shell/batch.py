"""The command interpreter of Windows, line by line: simple commands with words, redirects and `%NAME%`. Lines with blocks are opaque."""

from __future__ import annotations

import re
from typing import Final

from auditor.views.shell.bash.pieces import joined
from auditor.views.shell.tree import AndOr, Assignment, Command, Opaque, Part, PartKind, Pipeline, Redirect, Sequence, Statement, Word

_LINE: Final = re.compile(r"(?:[^\n^]|\^\r?\n|\^.)*\n?")
_REMARK: Final = re.compile(r"[ \t]*@?(?:rem\b|::)", re.IGNORECASE)
_BLOCK: Final = re.compile(r"[ \t]*@?(?:if|for|else|goto|:|\)|\()(?=[\s(]|\w|$)", re.IGNORECASE)
_MAX_CHAIN: Final = 100
_BLANKS: Final = re.compile(r"(?:[ \t\r\n]|\^\r?\n)+")
_OPERATOR: Final = re.compile(r"&&|\|\||&|\|")
_REDIRECT: Final = re.compile(r"(?P<fd>[0-9])?(?P<op>>>|>&|>|<)")
_VARIABLE: Final = re.compile(r"%(?:([A-Za-z_]\w*)(?::[^%\n]*)?%|([0-9*]|~\w*[0-9]))|!([A-Za-z_]\w*)!", re.ASCII)
_SET: Final = re.compile(r'[ \t]*@?set[ \t]+"?([A-Za-z_]\w*)=(.*?)"?[ \t\r]*$', re.IGNORECASE | re.ASCII)


def read(text: str, places: tuple[tuple[int, int], ...]) -> Sequence:
    """The statements of a script; offsets are those of `text`."""
    items: list[Statement] = []
    position = 0
    while position < len(text):
        found = _LINE.match(text, position)
        end = max(found.end() if found else position, position + 1)
        line = text[position:end].rstrip("\r\n")
        if line.strip() and not _REMARK.match(line):
            reader = _Reader(text, position, position + len(line), dict(places))
            statement = reader.line()
            items.append(Opaque(reader.start, reader.end, "a redirect has no target") if reader.broken else statement)
        position = end
    return Sequence(0, len(text), tuple(items), "script")


class _Reader:
    def __init__(self, text: str, start: int, end: int, places: dict[int, int]) -> None:
        self.text = text
        self.start = self.position = start
        self.end = end
        self.places = places
        self.broken = False

    def line(self) -> Statement:
        if _BLOCK.match(self.text[self.start : self.end]) or self.text[self.start : self.end].count('"') % 2:
            return Opaque(self.start, self.end, "blocks of batch files are not read")
        left: Statement = self.command()
        for _ in range(_MAX_CHAIN):
            if self.position >= self.end:
                return left
            operator = _OPERATOR.match(self.text, self.position, self.end)
            if not operator:
                return Opaque(self.start, self.end, "not a line of a batch file")
            self.position = operator.end()
            right = self.command()
            if operator[0] == "|":
                left = _piped(left, right)
            else:
                left = AndOr(left.start, right.end, left, operator[0], right)
        return Opaque(self.start, self.end, "the list is too long")

    def blanks(self) -> None:
        while found := _BLANKS.match(self.text, self.position, self.end):
            self.position = found.end()

    def command(self) -> Command:
        self.blanks()
        if self.position < self.end and self.text[self.position] == "@":
            self.position += 1
        start = end = self.position
        if found := _SET.match(self.text[start : self.end]):
            value = Word(
                start + found.start(2), start + found.end(2), found[2], tuple(self._parts(start + found.start(2), start + found.end(2)))
            )
            self.position = self.end
            return Command(start, self.end, (), (Assignment(start, self.end, found[1], value, "export"),))
        words: list[Word] = []
        redirects: list[Redirect] = []
        while True:
            self.blanks()
            if self.position >= self.end or _OPERATOR.match(self.text, self.position, self.end):
                break
            if found_redirect := _REDIRECT.match(self.text, self.position, self.end):
                at = self.position
                self.position = found_redirect.end()
                self.blanks()
                target = self.word()
                self.broken = self.broken or not target.raw
                number = int(found_redirect["fd"]) if found_redirect["fd"] else -1
                redirects.append(Redirect(at, self.position, found_redirect["op"], target, number))
            else:
                words.append(self.word())
            end = self.position
        return Command(start, end, tuple(words), (), tuple(redirects))

    def word(self) -> Word:
        start = self.position
        quoted = False
        while self.position < self.end:
            char = self.text[self.position]
            if self.position in self.places:
                self.position = self.places[self.position]
                continue
            if not quoted and (char in " \t\r&|<>" or self.text.startswith(("^\n", "^\r"), self.position)):
                break
            if char == '"':
                quoted = not quoted
            self.position += 2 if char == "^" and not quoted else 1
        self.position = min(self.position, self.end)
        return Word(start, self.position, self.text[start : self.position], tuple(joined(self._parts(start, self.position))))

    def _parts(self, start: int, end: int) -> list[Part]:
        found: list[Part] = []
        quoted = False
        position = start
        while position < end:
            char = self.text[position]
            if position in self.places:
                after = self.places[position]
                found.append(Part(PartKind.PLACEHOLDER, position, after, self.text[position:after], quoted))
            elif variable := _VARIABLE.match(self.text, position, end):
                after = variable.end()
                name = variable[1] or variable[3] or variable[2]
                found.append(Part(PartKind.VARIABLE, position, after, variable[0], quoted, name))
            elif char == '"':
                quoted, after = not quoted, position + 1
            elif char == "^" and not quoted:
                after = min(position + 2, end)
                found.append(Part(PartKind.LITERAL, position, after, self.text[position + 1 : after].strip("\r\n"), True))
            else:
                after = position + 1
                found.append(Part(PartKind.LITERAL, position, after, char, quoted))
            position = max(after, position + 1)
        return found


def _piped(left: Statement, right: Command) -> Statement:
    """`a && b | c` pipes b only."""
    if isinstance(left, AndOr):
        inner = _piped(left.right, right)
        return AndOr(left.start, inner.end, left.left, left.operator, inner)
    stages = (*left.stages, right) if isinstance(left, Pipeline) else (left, right)
    return Pipeline(left.start, right.end, stages)
