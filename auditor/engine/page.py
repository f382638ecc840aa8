"""Read a rule's Markdown page: a summary line, `##` sections, and the examples under *Bad* and *Good*.

Every fence under *Bad* and *Good* is an example. A line ```net/main.tf`:`` just above a fence names its file; named fences that
follow each other form one example of several files, until a fence has no name, a name comes again, or prose stands between.
The line of an expected finding ends with `# finding` (or `// finding`); where a comment cannot stand (JSON, heredocs) the
fence says so itself, counting the lines of the fence from 1: `` ```json finding=4,9 ``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from auditor.model.rule import Example, Page

REQUIRED = ("Why it matters", "Five whys", "Fix now", "Workaround", "Prevent", "Validate", "Bad", "Good")
"""The sections that every page has, in this order; others may stand anywhere."""

_HEADING = re.compile(r"## +(.+?)\s*$")
_FENCE = re.compile(r"(`{3,}|~{3,}) *([\w.+-]*)(.*)$")
_NAME = re.compile(r"`([^`\s]+)`:?\s*$")
_MARKS = re.compile(r"\bfinding=(\d+(?:,\d+)*)")

_FILES = {
    "hcl": "main.tf",
    "terraform": "main.tf",
    "tf": "main.tf",
    "tfvars": "terraform.tfvars",
    "json": "document.json",
    "yaml": "manifest.yaml",
    "yml": "manifest.yaml",
    "github": ".github/workflows/example.yml",
    "action": "action.yml",
    "dependabot": ".github/dependabot.yml",
    "pre-commit": ".pre-commit-config.yaml",
    "gitlab": ".gitlab-ci.yml",
    "circleci": ".circleci/config.yml",
    "azure": "azure-pipelines.yml",
    "bitbucket": "bitbucket-pipelines.yml",
    "buildspec": "buildspec.yml",
    "jenkinsfile": "Jenkinsfile",
    "dockerfile": "Dockerfile",
}


@dataclass(slots=True)
class _Fence:
    language: str
    info: str
    line: int
    name: str = ""
    joined: bool = False
    """Whether it stands right after another fence or its name, with no prose between."""
    lines: list[str] = field(default_factory=list)


def parse(text: str, first_line: int = 1) -> Page:
    """The page of a text whose first line is line `first_line` of its file. Never fails: `testing` says what a page lacks."""
    lines = text.splitlines()
    skipped = next((n for n, line in enumerate(lines) if line.strip()), 0)
    lines = lines[skipped:]
    summary = lines[0].strip() if lines else ""
    sections: list[tuple[str, str]] = []
    examples: list[Example] = []
    for title, start, body in _sections(lines[1:]):
        sections.append((title, "\n".join(body).strip()))
        if title in ("Bad", "Good"):
            examples.extend(_examples(title, _fences(body, first_line + skipped + 1 + start)))
    return Page(summary, tuple(sections), tuple(examples))


def _sections(lines: list[str]) -> Iterator[tuple[str, int, list[str]]]:
    """(title, index of its first line, lines); a heading inside a fence is no heading."""
    title, start, body, fence = "", 0, list[str](), ""
    for index, line in enumerate(lines):
        if fence:
            fence = "" if line.strip() == fence else fence
        elif opened := _FENCE.match(line):
            fence = opened[1]
        elif found := _HEADING.match(line):
            if title:
                yield title, start, body
            title, start, body = found[1], index + 1, []
            continue
        body.append(line)
    if title:
        yield title, start, body


def _fences(lines: list[str], first_line: int) -> Iterator[_Fence]:
    open_fence: _Fence | None = None
    mark, name, joined = "", "", False
    for number, line in enumerate(lines, first_line):
        if open_fence is not None:
            if line.strip() == mark:
                yield open_fence
                open_fence, name, joined = None, "", True
            else:
                open_fence.lines.append(line)
        elif found := _FENCE.match(line):
            mark = found[1]
            open_fence = _Fence(found[2].lower(), found[3], number, name, joined)
        elif named := _NAME.match(line):
            name = named[1]
        elif line.strip():
            name, joined = "", False


def _examples(title: str, fences: Iterator[_Fence]) -> Iterator[Example]:
    group: list[_Fence] = []
    count = 0
    for fence in fences:
        ends = not fence.name or not fence.joined or any(not f.name or f.name == fence.name for f in group)
        if group and ends:
            count += 1
            yield _example(title, count, group)
            group = []
        group.append(fence)
    if group:
        yield _example(title, count + 1, group)


def _example(title: str, number: int, fences: list[_Fence]) -> Example:
    names = [fence.name or _FILES.get(fence.language, fence.language or "document") for fence in fences]
    files = tuple((name, "\n".join(fence.lines) + "\n") for name, fence in zip(names, fences, strict=True))
    marks = tuple((file, int(mark)) for file, fence in zip(names, fences, strict=True) for mark in _marks(fence.info))
    return Example(f"{title.lower()}-{number}", fences[0].language, files, fences[0].line, title == "Bad", marks)


def _marks(info: str) -> list[str]:
    found = _MARKS.search(info)
    return found[1].split(",") if found else []
