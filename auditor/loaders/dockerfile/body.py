"""The body of a Dockerfile as a resource: stages, and instructions in a vocabulary of their own.

    escape, syntax
    arguments: [{name, value}]                 ARG before the first FROM
    instructions: [...]                        everything before the first FROM
    stages: [{index, name, image, reference, platform, parent, final, instructions: [...]}]

An instruction is a table with `instruction` (its keyword) and `value` (what follows it and its flags, as written), and what it has of
`flags` (name -> value), `form` (shell or exec), `words` (exec form; files of COPY and ADD, destination last; else words), `entries`
(`{name, value, written}` of ENV, ARG and LABEL), `heredocs` (`{name, value}`), `trigger` (ONBUILD).
`reference` is `image` as written. `image` and all words are evaluated: variables are replaced, and unknown where only the build decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from auditor.loaders.dockerfile.fragment import Fragment, Text
from auditor.loaders.dockerfile.instruction import Instruction, Reader
from auditor.loaders.dockerfile.lines import Line, Scan
from auditor.loaders.dockerfile.words import Known, Scope, open_argument
from auditor.model.diagnostic import Diagnostic
from auditor.model.span import Span
from auditor.model.value import Unknown

_PLATFORM = "TARGETPLATFORM TARGETOS TARGETARCH TARGETVARIANT BUILDPLATFORM BUILDOS BUILDARCH BUILDVARIANT TARGETSTAGE"
_PROXY = "HTTP_PROXY HTTPS_PROXY FTP_PROXY NO_PROXY ALL_PROXY http_proxy https_proxy ftp_proxy no_proxy all_proxy"
_KEYWORDS = "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR"

PLATFORM_ARGUMENTS: Final = tuple(_PLATFORM.split())
PROXY_ARGUMENTS: Final = tuple(_PROXY.split())
KEYWORDS: Final = frozenset(_KEYWORDS.split())


@dataclass(slots=True)
class _Stage:
    """A stage that is being read. `values`: its variables; `is_open`: whether the base image may define others."""

    table: Fragment
    data: dict[str, Any]
    name: str
    values: dict[str, Known]
    is_open: bool
    instructions: list[Fragment] = field(default_factory=list)


def build(text: Text, scan: Scan) -> tuple[Fragment, list[Diagnostic]]:
    """(body, problems)."""
    made = _Builder(text, scan)
    for line in scan.lines:
        made.line(line)
    for at in scan.open_heredocs:
        made.problem(at, "a heredoc is not closed")
    if scan.left >= 0:
        made.problem(scan.left, f"only {len(scan.lines)} instructions are read; those from here on are not")
    return made.body(), made.problems


class _Builder:
    def __init__(self, text: Text, scan: Scan) -> None:
        self.text = text
        self.scan = scan
        self.reader = Reader(text, scan.escape)
        self.problems: list[Diagnostic] = []
        self.globals: dict[str, Known] = {name: Unknown(f"the builder decides {name}") for name in PLATFORM_ARGUMENTS}
        self.before: list[Fragment] = []
        self.arguments: list[Fragment] = []
        self.stages: list[_Stage] = []

    def problem(self, at: int, message: str) -> None:
        line, column = self.text.place(at)
        span = Span(self.text.file, line, column, line, column + 1)
        self.problems.append(Diagnostic(span, "dockerfile-syntax", message, gap=True))

    @property
    def scope(self) -> Scope:
        if not self.stages:
            return Scope(self.globals, open=True)
        return Scope(self.stages[-1].values, self.stages[-1].is_open)

    def line(self, line: Line) -> None:
        if line.keyword not in KEYWORDS:
            self.problem(line.start, f"{line.keyword!r} is not an instruction")
            return
        made = self.reader.read(line, self.scope if line.keyword != "FROM" else Scope(self.globals, open=True))
        for message in made.problems:
            self.problem(line.start, message)
        if line.keyword == "FROM":
            self.stage(line, made)
            return
        if not self.stages:
            if line.keyword != "ARG":
                self.problem(line.start, f"{line.keyword} stands before the first FROM")
            self.before.append(made.table)
        else:
            self.stages[-1].instructions.append(made.table)
        if line.keyword == "ARG":
            self.declare(made)
        elif line.keyword == "ENV" and self.stages:
            self.stages[-1].values.update({name: value for name, value, _ in made.entries})

    def declare(self, made: Instruction) -> None:
        target = self.stages[-1].values if self.stages else self.globals
        for name, value, given in made.entries:
            if given:
                target.setdefault(name, value) if self.stages and name in target else target.update({name: value})
            elif self.stages and name in self.globals:
                target.setdefault(name, self.globals[name])
            elif name not in target:
                target[name] = open_argument(name)
        if not self.stages:
            self.arguments += made.items

    def stage(self, line: Line, made: Instruction) -> None:
        words = made.words
        text = self.text
        image = words[0] if words else text.fragment(None, line.start, line.end)
        name = words[2] if len(words) >= 3 and str(words[1].data).upper() == "AS" else None
        if not words or len(words) not in (1, 3):
            self.problem(line.start, "FROM reads FROM IMAGE [AS NAME]")
        parent = self._parent(image)
        values: dict[str, Known] = {name: Unknown(f"the build decides {name}") for name in PROXY_ARGUMENTS}
        is_open = image.data != "scratch"
        if parent is not None:
            values, is_open = dict(self.stages[parent].values), self.stages[parent].is_open
        data: dict[str, Any] = {
            "index": text.fragment(len(self.stages), line.start, line.end),
            "name": name if name is not None else text.fragment(None, line.start, line.end),
            "image": image,
            "reference": Fragment(image.raw, image.file, image.line, image.column, image.end_line, image.end_column, image.raw),
            "platform": self._platform(made, line),
            "parent": text.fragment(parent, line.start, line.end),
            "from": made.table,
        }
        table = text.fragment(None, line.start, line.end)
        self.stages.append(_Stage(table, data, str(name.data) if name is not None else "", values, is_open))

    def _platform(self, made: Instruction, line: Line) -> Fragment:
        """The platform of a FROM; that of an argument is decided by each build, whatever its default."""
        found = made.flags.get("platform", self.text.fragment(None, line.start, line.end))
        if "platform" in made.flags and "$" in found.raw:
            found.data = Unknown("an argument decides the platform")
        return found

    def _parent(self, image: Fragment) -> int | None:
        """The earlier stage that an image names."""
        wanted = image.data.lower() if isinstance(image.data, str) else None
        found = [index for index, stage in enumerate(self.stages) if stage.name and stage.name.lower() == wanted]
        return found[-1] if found else None

    def body(self) -> Fragment:
        whole = len(self.text.text)
        stages: list[Fragment] = []
        for index, stage in enumerate(self.stages):
            table = stage.table
            end = stage.instructions[-1] if stage.instructions else table
            table.end_line, table.end_column = end.end_line, end.end_column
            stage.data["final"] = self._at(index == len(self.stages) - 1, table)
            stage.data["instructions"] = self._at(stage.instructions, table)
            table.data = stage.data
            stages.append(table)
        directives: Mapping[str, tuple[str, int, int]] = self.scan.directives
        data: dict[str, Any] = {
            "escape": self.text.fragment(self.scan.escape, 0, 0),
            "syntax": self.text.fragment(directives["syntax"][0], *directives["syntax"][1:])
            if "syntax" in directives
            else self.text.fragment(None, 0, 0),
            "arguments": self.text.fragment(self.arguments, 0, 0),
            "instructions": self.text.fragment(self.before, 0, 0),
            "stages": self.text.fragment(stages, 0, whole),
        }
        return self.text.fragment(data, 0, whole)

    def _at(self, data: object, table: Fragment) -> Fragment:
        return Fragment(data, table.file, table.line, table.column, table.end_line, table.end_column, table.raw)
