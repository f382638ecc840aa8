"""Read directives from comments: our own form, and those of checkov, tfsec, trivy, KICS, terrascan, hadolint and zizmor.

Ours speaks for its line; on a line of its own for the line below; and where that line begins a block, or the comment is the
first thing inside one, for the block. The others speak for what their tool says they do.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from auditor.engine.directive import EVERY_RULE, Directive, Line, Range, Scope, Whole
from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.resource import Resource
from auditor.model.source import Block, Comment
from auditor.model.span import Span

_OURS = re.compile(r"auditor:(ignore-file|ignore)\b(.*?)(?=auditor:ignore|$)")
_OURS_BODY = re.compile(r"=([^\s=\"']+)(.*)")
_OPTION = re.compile(r"\b([a-z]+)=(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
_CHECKOV = re.compile(r"(?:checkov|bridgecrew|cortex):skip= *([A-Za-z_\d-]+(?:,[A-Za-z_\d-]+)*)(?::([^\n]*))?")
_AQUA = re.compile(r"(tfsec|trivy):ignore:([\w*.-]+)((?:\[[^\]]*\])?)((?::(?:exp|ws):[^\s:\[]+)*)")
_AQUA_OPTION = re.compile(r":(exp|ws):([^\s:\[]+)")
_KICS = re.compile(r"kics-scan\s+(ignore-line|ignore-block|ignore|disable|enable)\b(?:=([\w,-]+))?")
_HADOLINT = re.compile(r"hadolint\s+(global\s+)?ignore\s*=\s*([A-Za-z0-9]+(?:\s*,\s*[A-Za-z0-9]+)*)")
_ZIZMOR = re.compile(r"zizmor:\s*ignore\[([\w,\s-]+)\]\s*(.*)")
_TERRASCAN = re.compile(r"ts:skip=([A-Za-z0-9_.-]+)[ \t]*(.*)")
_END = re.compile(r"\s*(?:\*/|-->|#\}|\}\})\s*$")


@dataclass(slots=True)
class _File:
    """What is known of one file."""

    own_lines: set[int] = field(default_factory=set)
    blocks: list[Block] = field(default_factory=list)

    def starting(self, line: int) -> Block | None:
        """The largest block that begins on a line."""
        found = [block for block in self.blocks if block.start == line]
        return max(found, key=lambda block: block.end) if found else None

    def around(self, line: int) -> list[Block]:
        """The blocks that contain a line, outermost first."""
        end = bisect_right(self.blocks, line, key=lambda block: block.start)
        return [block for block in self.blocks[:end] if block.end >= line]

    def below(self, line: int) -> int:
        """The next line that is not a comment."""
        line += 1
        while line in self.own_lines:
            line += 1
        return line

    def at_top(self, line: int) -> bool:
        """Whether no block begins before a line."""
        return not self.blocks or line < self.blocks[0].start


@dataclass(slots=True)
class _Reader:
    file: _File
    comment: Comment
    workspace: str
    resources: Iterable[Resource]
    problems: list[Diagnostic]

    @property
    def span(self) -> Span:
        return Span(self.comment.file, self.comment.line, 1, self.comment.line, 1)

    def problem(self, message: str, level: Level = Level.WARNING, code: str = "suppression-invalid") -> None:
        self.problems.append(Diagnostic(self.span, code, message, level))

    def beside(self) -> Scope:
        """The line of code that the comment stands beside or above; the block that begins there."""
        line = self.file.below(self.comment.line) if self.comment.own_line else self.comment.line
        block = self.file.starting(line)
        return Range(block.file, block.start, block.end) if block else Line(self.comment.file, line)


def read(
    comments: Iterable[Comment], blocks: Iterable[Block], resources: Iterable[Resource] = (), workspace: str = "default"
) -> tuple[tuple[Directive, ...], tuple[Diagnostic, ...]]:
    """The directives of comments, and what is wrong with them. `resources` decide those that depend on an attribute's value."""
    files: dict[str, _File] = defaultdict(_File)
    listed = sorted(set(comments), key=lambda comment: (comment.file, comment.line, comment.text))
    for comment in listed:
        if comment.own_line:
            files[comment.file].own_lines.add(comment.line)
    for block in sorted(set(blocks), key=lambda block: (block.file, block.start, -block.end)):
        files[block.file].blocks.append(block)
    found: list[Directive] = []
    problems: list[Diagnostic] = []
    for comment in listed:
        reader = _Reader(files[comment.file], comment, workspace, resources, problems)
        for form in (_ours, _checkov, _aqua, _kics, _terrascan, _hadolint, _zizmor):
            found.extend(form(reader))
    return tuple(dict.fromkeys(found)), tuple(sorted(set(problems)))


# -- ours


def _ours(reader: _Reader) -> Iterator[Directive]:
    for whole, rest in _OURS.findall(_END.sub("", reader.comment.text)):
        body = _OURS_BODY.match(rest.rstrip())
        if not body:
            reader.problem('a suppression reads auditor:ignore=RULE reason="..." until=YYYY-MM-DD')
            continue
        accepted = ours(options_of(body[2]), reader.problem)
        if accepted is None:
            continue
        if whole == "ignore-file" and not reader.file.at_top(reader.comment.line):
            reader.problem("auditor:ignore-file stands at the top of the file, before the first block")
            continue
        scope = Whole(reader.comment.file) if whole == "ignore-file" else _our_scope(reader)
        for name in body[1].split(","):
            if name:
                yield Directive("auditor", name, scope, accepted[0], reader.span, accepted[1])


def options_of(text: str) -> dict[str, str]:
    """`name=value` pairs; a value with blanks stands in quotes."""
    return {name: quoted or single or bare for name, quoted, single, bare in _OPTION.findall(text)}


def ours(options: Mapping[str, str], problem: Callable[[str], None]) -> tuple[str, datetime.date | None] | None:
    """(reason, last day) of a suppression in our own form; None, after saying why, when it cannot be honoured."""
    for name in options:
        if name not in ("reason", "until"):
            problem(f"a suppression has a reason= and an until=, not {name}=; it is not honoured")
            return None
    if not options.get("reason", "").strip():
        problem('a suppression without reason="..." is not honoured')
        return None
    if "until" not in options:
        return options["reason"].strip(), None
    until = _date(options["until"])
    if until is None:
        problem(f"until={options['until']} is not a date like 2027-01-31; the suppression is not honoured")
        return None
    return options["reason"].strip(), until


def _our_scope(reader: _Reader) -> Scope:
    scope = reader.beside()
    if reader.comment.own_line and isinstance(scope, Line):
        inside = reader.file.around(reader.comment.line)
        if inside and all(line in reader.file.own_lines for line in range(inside[-1].start + 1, reader.comment.line)):
            return Range(inside[-1].file, inside[-1].start, inside[-1].end)
    return scope


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None


# -- the others


def _checkov(reader: _Reader) -> Iterator[Directive]:
    for names, reason in _CHECKOV.findall(_END.sub("", reader.comment.text)):
        yield from _inside(reader, "checkov", names.split(","), reason)


def _terrascan(reader: _Reader) -> Iterator[Directive]:
    for name, reason in _TERRASCAN.findall(_END.sub("", reader.comment.text)):
        yield from _inside(reader, "terrascan", [name], reason)


def _inside(reader: _Reader, tool: str, names: list[str], reason: str) -> Iterator[Directive]:
    """Directives that speak for the whole resource or module call that they stand in."""
    blocks = reader.file.around(reader.comment.line)
    if not blocks:
        reader.problem(f"a {tool} comment speaks for the block that it stands in, and this one stands in none", Level.INFO)
        return
    for name in names:
        yield Directive(tool, name, Range(blocks[0].file, blocks[0].start, blocks[0].end), reason.strip(), reader.span)


def _aqua(reader: _Reader) -> Iterator[Directive]:
    for tool, name, attributes, options in _AQUA.findall(reader.comment.text):
        given = dict(_AQUA_OPTION.findall(options))
        if "ws" in given and not fnmatchcase(reader.workspace, given["ws"]):
            continue
        until = _date(given["exp"]) if "exp" in given else None
        if "exp" in given and until is None:
            reader.problem(f"exp:{given['exp']} is not a date like 2027-01-31; the {tool} comment is not honoured")
            continue
        only = _with_attributes(reader.resources, attributes) if attributes else None
        yield Directive(tool, name, reader.beside(), "", reader.span, until, only)


def _with_attributes(resources: Iterable[Resource], attributes: str) -> frozenset[tuple[str, str]]:
    """The resources whose attributes have the values that `[name=value,...]` names."""
    wanted = [pair.partition("=")[::2] for pair in attributes.strip("[]").split(",") if "=" in pair]
    return frozenset(
        (resource.root, resource.address.text)
        for resource in resources
        if all(_has(resource, name.strip(), value.strip().strip("\"'")) for name, value in wanted)
    )


def _has(resource: Resource, path: str, value: str) -> bool:
    try:
        return any(not node.unknown and node.text == value for node in resource.body.each(path))
    except ValueError:
        return False


def _kics(reader: _Reader) -> Iterator[Directive]:
    comment = reader.comment
    for word, names in _KICS.findall(comment.text):
        if word == "enable":
            reader.problem("kics-scan enable= is not honoured: choose rules with --rule or in auditor.yaml", Level.INFO)
        elif word == "ignore-line":
            yield Directive("kics", EVERY_RULE, Line(comment.file, reader.file.below(comment.line)), "", reader.span)
        elif word == "ignore-block":
            yield Directive("kics", EVERY_RULE, reader.beside(), "", reader.span)
        elif not reader.file.at_top(comment.line):
            reader.problem(f"kics-scan {word} stands at the top of the file, before the first block", Level.INFO)
        else:
            for name in names.split(",") if word == "disable" else [EVERY_RULE]:
                if name:
                    yield Directive("kics", name, Whole(comment.file), "", reader.span)


def _hadolint(reader: _Reader) -> Iterator[Directive]:
    for everywhere, names in _HADOLINT.findall(reader.comment.text):
        scope = Whole(reader.comment.file) if everywhere else reader.beside()
        for name in names.split(","):
            yield Directive("hadolint", name.strip(), scope, "", reader.span)


def _zizmor(reader: _Reader) -> Iterator[Directive]:
    for names, reason in _ZIZMOR.findall(reader.comment.text):
        for name in names.split(","):
            yield Directive("zizmor", name.strip(), reader.beside(), reason.strip(), reader.span)
