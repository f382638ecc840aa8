"""Regular expressions in the syntax of RE2, parsed into nodes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from auditor.loaders.terraform.regexp import Unsupported
from auditor.loaders.terraform.regexp.chars import PERL, POSIX, CharSet, orbit, problem, property_test, tester
from auditor.loaders.terraform.regexp.nodes import Assert, Chars, Choice, Group, Node, Repeat, Sequence, repeats, size

_MOST_REPEATS: Final = 1000
_MOST_DEPTH: Final = 80
_REPEAT: Final = re.compile(r"\{(\d{1,9})(,(\d{0,9}))?\}", re.ASCII)
_CONTROL: Final = {"a": "\a", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


@dataclass
class Parser:
    """Parses one pattern; `names` holds the name of each group, None when it has none."""

    pattern: str
    position: int = 0
    names: list[str | None] = field(default_factory=list)
    flags: frozenset[str] = frozenset()
    depth: int = 0

    def parse(self) -> Node:
        """The whole pattern; raises `EvaluationError`, or `Unsupported`."""
        node = self._choice()
        if self.position < len(self.pattern):
            raise problem("unexpected )", self.pattern)
        if size(node) > _MOST_REPEATS * 10:
            raise problem("expression too large", self.pattern)
        return node

    def _choice(self) -> Node:
        self.depth += 1
        if self.depth > _MOST_DEPTH:
            raise Unsupported(self.pattern)
        outer = self.flags
        parts = [self._sequence()]
        while self._accept("|"):
            parts.append(self._sequence())
        self.flags = outer
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while self.position < len(self.pattern) and self.pattern[self.position] not in "|)":
            before = self.position
            node = self._atom()
            if node is None:
                if self.pattern[self.position : self.position + 1] in ("*", "+", "?") or self._repeat_at(self.position):
                    raise problem("missing argument to repetition operator", self.pattern[self.position])
                continue
            parts += self._repeated(node, before)
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _repeated(self, node: list[Node], before: int) -> list[Node]:
        found = self._operator()
        if found is None:
            return node
        least, most = found
        greedy = not self._accept("?")
        if "U" in self.flags:
            greedy = not greedy
        last = self.position
        if self._operator() is not None:
            raise problem("invalid nested repetition operator", self.pattern[before : self.position])
        self.position = last
        if not node:
            raise problem("missing argument to repetition operator", self.pattern[before : self.position])
        if repeats(node[-1]) * max(least, most or 0, 1) > _MOST_REPEATS and (least > 1 or (most or 0) > 1):
            raise problem("invalid repeat count", self.pattern[before : self.position])
        return [*node[:-1], Repeat(node[-1], least, most, greedy)]

    def _operator(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._accept(sign):
                return bounds
        found = self._repeat_at(self.position)
        if not found:
            return None
        self.position = found.end()
        least = int(found[1])
        most = least if found[2] is None else int(found[3]) if found[3] else None
        if least > _MOST_REPEATS or (most is not None and (most > _MOST_REPEATS or most < least)):
            raise problem("invalid repeat count", found[0])
        return least, most

    def _repeat_at(self, position: int) -> re.Match[str] | None:
        return _REPEAT.match(self.pattern, position)

    def _accept(self, text: str) -> bool:
        if self.pattern.startswith(text, self.position):
            self.position += len(text)
            return True
        return False

    def _atom(self) -> list[Node] | None:
        """The nodes of the next atom; None for a change of flags, or where there is an operator instead."""
        char = self.pattern[self.position]
        if char in "*+?" or (char == "{" and self._repeat_at(self.position)):
            return None
        self.position += 1
        match char:
            case "(":
                return self._group()
            case "[":
                return [Chars(self._class())]
            case ".":
                return [Chars(CharSet("" if "s" in self.flags else "\n", negated=True))]
            case "^":
                return [Assert("line start" if "m" in self.flags else "text start")]
            case "$":
                return [Assert("line end" if "m" in self.flags else "text end")]
            case "\\":
                return self._escape()
            case _:
                return [self._literal(char)]

    def _literal(self, char: str) -> Node:
        if "i" not in self.flags or len(orbit(char)) == 1:
            return Chars(char)
        made = CharSet(fold=True)
        made.ranges.append((char, char))
        return Chars(made)

    def _group(self) -> list[Node] | None:
        opened = self.position - 1
        if not self._accept("?"):
            return [self._captured(None, opened)]
        if self._accept("P<") or self._accept("<"):
            end = self.pattern.find(">", self.position)
            name = self.pattern[self.position : end] if end >= 0 else ""
            if not re.fullmatch(r"[A-Za-z0-9_]+", name, re.ASCII):
                raise problem("invalid named capture", self.pattern[opened : end + 1] if end >= 0 else self.pattern[opened:])
            self.position = end + 1
            return [self._captured(name, opened)]
        found = re.compile(r"([imsU]*)(?:-([imsU]+))?([:)])").match(self.pattern, self.position)
        if found is None or (found[0] == ")" and found[3] == ")"):
            raise problem("invalid or unsupported Perl syntax", self.pattern[opened : self.position + 1])
        self.position = found.end()
        outer = self.flags
        self.flags = (self.flags | frozenset(found[1])) - frozenset(found[2] or "")
        if found[3] == ")":
            return None
        inner = self._choice()
        self._close(opened)
        self.flags = outer
        return [inner]

    def _captured(self, name: str | None, opened: int) -> Node:
        self.names.append(name)
        index = len(self.names)
        inner = self._choice()
        self._close(opened)
        return Group(index, inner)

    def _close(self, opened: int) -> None:
        if not self._accept(")"):
            raise problem("missing closing )", self.pattern[opened:])

    def _escape(self) -> list[Node]:
        char = self.pattern[self.position : self.position + 1]
        if not char:
            raise problem("trailing backslash at end of expression", "")
        places = {"A": "text start", "z": "text end", "b": "word", "B": "no word"}
        if char in places:
            self.position += 1
            return [Assert(places[char])]
        if char == "Q":
            end = self.pattern.find("\\E", self.position)
            text = self.pattern[self.position + 1 : end if end >= 0 else None]
            self.position = end + 2 if end >= 0 else len(self.pattern)
            return [self._literal(one) for one in text]
        made = CharSet(fold="i" in self.flags)
        if self._shorthand(made):
            return [Chars(made)]
        return [self._literal(self._char_escape())]

    def _shorthand(self, into: CharSet) -> bool:
        """Reads the rest of a class that a backslash begins (digits, a property) into a set; False when it is something else."""
        char = self.pattern[self.position]
        if char.lower() in PERL and char in "dswDSW":
            self.position += 1
            into.tests.append(tester(CharSet(PERL[char.lower()], negated=char.isupper())))
            return True
        if char not in "pP":
            return False
        found = re.compile(r"[pP](?:\{(\^?)([^}]*)\}|(.))", re.DOTALL).match(self.pattern, self.position)
        if found is None:
            raise problem("invalid character class range", "\\" + self.pattern[self.position :])
        self.position = found.end()
        into.tests.append(property_test(found[2] or found[3] or "", (char == "P") != bool(found[1]), "\\" + found[0]))
        return True

    def _char_escape(self) -> str:
        char = self.pattern[self.position]
        rest = self.pattern[self.position :]
        if char in _CONTROL:
            self.position += 1
            return _CONTROL[char]
        if char.isascii() and not char.isalnum():
            self.position += 1
            return char
        found = re.compile(r"0[0-7]{0,2}|[1-7][0-7]{1,2}").match(rest)
        if found is not None:
            self.position += found.end()
            return chr(int(found[0], 8))
        found = re.compile(r"x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,8})\})").match(rest)
        if found is not None and int(found[1] or found[2], 16) <= 0x10FFFF:
            self.position += found.end()
            return chr(int(found[1] or found[2], 16))
        raise problem("invalid escape sequence", "\\" + char)

    def _class(self) -> CharSet:
        opened = self.position - 1
        made = CharSet(fold="i" in self.flags, negated=self._accept("^"))
        first = True
        while first or not self.pattern.startswith("]", self.position):
            if self.position >= len(self.pattern):
                raise problem("missing closing ]", self.pattern[opened:])
            first = False
            found = re.compile(r"\[:(\^?)(\w*):\]").match(self.pattern, self.position)
            if found is not None:
                if found[2] not in POSIX:
                    raise problem("invalid character class range", found[0])
                self.position = found.end()
                made.tests.append(tester(CharSet(POSIX[found[2]], negated=bool(found[1]))))
                continue
            if self.pattern.startswith("\\", self.position):
                self.position += 1
                if self.position < len(self.pattern) and self._shorthand(made):
                    continue
                self.position -= 1
            self._range(made)
        self.position += 1
        return made

    def _range(self, made: CharSet) -> None:
        start = self.position
        low = high = self._class_char()
        if self.pattern.startswith("-", self.position) and self.pattern[self.position + 1 : self.position + 2] not in ("]", ""):
            self.position += 1
            high = self._class_char()
            if high < low:
                raise problem("invalid character class range", self.pattern[start : self.position])
        made.ranges.append((low, high))

    def _class_char(self) -> str:
        if self.position >= len(self.pattern):
            raise problem("missing closing ]", self.pattern)
        if self._accept("\\"):
            if self.position >= len(self.pattern):
                raise problem("trailing backslash at end of expression", "")
            return self._char_escape()
        self.position += 1
        return self.pattern[self.position - 1]
