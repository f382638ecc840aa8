"""From the paths that the user named to the tree of files that is read."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path

from auditor.loaders.files import Files
from auditor.model.error import InputError
from auditor.model.finding import Finding

STDIN = "-"


@dataclass(frozen=True)
class Tree:
    """The files to read. `root` is their common folder as the user wrote it, `folder` the same one, absolute.

    `named` are the paths that were given, relative to `root`, when a single file is among them: then only what concerns them is reported.
    """

    root: str
    folder: Path
    files: Files
    named: tuple[str, ...] = ()

    @cached_property
    def repository(self) -> Path | None:
        """The folder of the version control system that the tree lies in."""
        return repository(self.folder)

    def without(self, patterns: Iterable[str]) -> Tree:
        """The same tree, less the files and folders that match."""
        return replace(self, files=replace(self.files, exclude=(*self.files.exclude, *patterns)))

    def reading(self, paths: Iterable[str]) -> Tree:
        """The same tree, and these files and folders wherever they lie."""
        beyond = self.files.beyond.union(os.path.abspath(path) for path in paths)
        return replace(self, files=replace(self.files, beyond=beyond))

    def only(self, paths: Iterable[str]) -> Files:
        """The files at these paths of the user, wherever they lie, named relative to the root."""
        paths = tuple(paths)
        return replace(self.reading(paths).files, only=tuple(self.relative(path) for path in paths))

    def relative(self, path: str) -> str:
        """A path that the user wrote, as the reports write it: relative to the root, with forward slashes."""
        return Path(os.path.relpath(os.path.abspath(path), self.folder)).as_posix()

    def concerns(self, finding: Finding) -> bool:
        """Whether a finding is about what the user named: its value, its resource or a module call on the way is written there."""
        if not self.named:
            return True
        spans = (finding.span, finding.resource_span, *finding.chain)
        return any(span.file == name or span.file.startswith(f"{name}/") for span in spans if span for name in self.named)


@dataclass(frozen=True, slots=True)
class _Named:
    path: Path
    is_file: bool

    @property
    def folder(self) -> Path:
        return self.path.parent if self.is_file else self.path


def open_tree(paths: Sequence[str], stdin: str | None = None) -> Tree:
    """The tree of `paths` (default: the working directory). `stdin` is the text for the path `-`.

    Raises `InputError` when a path is not there.
    """
    if STDIN in paths:
        if len(paths) > 1:
            raise InputError("- (standard input) cannot be given together with other paths")
        return Tree(STDIN, Path.cwd(), Files.of({_stdin_name(stdin or ""): stdin or ""}))
    named = [_named(path) for path in paths or (".",)]
    folder = Path(os.path.commonpath([str(one.folder) for one in named]))
    files = Files(folder, boundary=repository(folder) or folder)
    root = Path(paths[0] if len(paths) == 1 and not named[0].is_file else os.path.relpath(folder)).as_posix()
    inside = tuple(sorted({one.path.relative_to(folder).as_posix() for one in named}))
    if "." in inside:
        return Tree(root, folder, files)
    return Tree(root, folder, replace(files, only=inside), inside if any(one.is_file for one in named) else ())


def repository(folder: Path) -> Path | None:
    """The nearest folder at or above `folder` that a version control system keeps; None when there is none."""
    for above in (folder, *folder.parents):
        if any((above / mark).exists() for mark in (".git", ".hg", ".svn")):
            return above
    return None


def rebase(patterns: Iterable[str], folder: Path, root: Path) -> tuple[str, ...]:
    """Patterns relative to `folder`, as patterns relative to `root`."""
    if not root.is_relative_to(folder):
        return tuple(patterns)
    way = root.relative_to(folder).parts
    return tuple(_below(pattern.removeprefix("./").strip("/"), way) for pattern in patterns)


def _below(pattern: str, way: tuple[str, ...]) -> str:
    parts = pattern.split("/")
    for step in way:
        if parts[0].startswith("*") and (len(parts) == 1 or parts[0] == "**"):
            break
        if not fnmatch(step, parts[0]):
            return posixpath.relpath(pattern, "/".join(way))  # something outside of the root
        parts = parts[1:] or ["*"]
    return "/".join(parts)


def _named(path: str) -> _Named:
    absolute = Path(os.path.abspath(path))
    if not absolute.exists():
        raise InputError(f"there is no file or folder {path!r}")
    return _Named(absolute, not absolute.is_dir())


_BLOCK = re.compile(r"^\s*(?:resource|data|module|variable|output|provider|locals|terraform)\b[^\n:=]*\{", re.MULTILINE)


def _stdin_name(text: str) -> str:
    if text.lstrip()[:1] in ("{", "["):
        return "stdin.json"
    return "stdin.tf" if _BLOCK.search(text) else "stdin.yaml"
