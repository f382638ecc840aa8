"""The files of a tree: the only door between loaders and the disk."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path, PurePosixPath

from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.report import Skip
from auditor.model.span import Span

MAX_BYTES = 30_000_000
"""A file larger than this is not read: no hand writes it, and reading it could exhaust the memory."""

_SMALL = 16_000
_KEPT = 160_000_000
"""Bounds, in bytes, for what is kept of the files that were read: 10,000 files of the largest size, so a tenth of it in practice."""

_IGNORED_FOLDERS = frozenset(
    {".git", ".hg", ".svn", "node_modules", "__pycache__", ".terraform", ".venv", "venv", ".tox", ".mypy_cache", ".terragrunt-cache"}
)


class Unreadable(Exception):
    """A file cannot be read; the diagnostic says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(frozen=True)
class Files:
    """The files below `root`, by path relative to it (forward slashes); texts can be given in memory.

    Symbolic links to folders are not followed while walking (so no loop is possible), but a path that names a file through
    one can be read, as long as it stays inside `boundary`: the repository that holds the tree.
    """

    root: Path | None
    memory: Mapping[str, str] | None = None
    exclude: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    """When given, only these paths (files or folders) are listed; others can still be read."""
    boundary: Path | None = None
    beyond: frozenset[str] = frozenset()
    """Absolute paths of files and folders outside the boundary that the user named, and that can be read for that."""

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Files:
        """A tree in memory."""
        return cls(None, dict(texts))

    @cached_property
    def walked(self) -> tuple[tuple[str, ...], tuple[Skip, ...], tuple[Diagnostic, ...]]:
        """(paths, what was left out, problems), each sorted."""
        if self.memory is not None:
            return tuple(sorted(self.memory)), (), ()
        return _walk(self)

    @property
    def paths(self) -> tuple[str, ...]:
        """All files, sorted."""
        return self.walked[0]

    def size(self, path: str) -> int:
        """The size of a file in bytes, 0 when it is not there."""
        if self.memory is not None:
            return len(self.memory.get(path, ""))
        try:
            return os.stat(self._absolute(path)).st_size
        except (OSError, ValueError):
            return 0

    def exists(self, path: str) -> bool:
        """Whether there is a file of that path, also outside the tree but inside the boundary."""
        if self.memory is not None:
            return path in self.memory
        try:
            absolute = self._absolute(path)
            return self._allowed(absolute) and os.path.isfile(absolute)
        except ValueError:
            return False

    def folder(self, path: str) -> tuple[str, ...]:
        """The names of the files in a folder (not its subfolders), sorted; nothing when it is not there or not allowed."""
        if self.memory is not None:
            parent = PurePosixPath(path)
            return tuple(sorted(PurePosixPath(p).name for p in self.memory if PurePosixPath(p).parent == parent))
        try:
            absolute = self._absolute(path)
            if not self._allowed(absolute):
                return ()
            with os.scandir(absolute) as entries:
                return tuple(sorted(entry.name for entry in entries if _is_file(entry)))
        except (OSError, ValueError):
            return ()

    def below(self, path: str) -> tuple[str, ...]:
        """The files in a folder and in all its subfolders, relative to it, sorted; nothing when it is not there or not allowed."""
        if self.memory is not None:
            prefix = "" if path in ("", ".") else f"{path.rstrip('/')}/"
            return tuple(sorted(p.removeprefix(prefix) for p in self.memory if p.startswith(prefix)))
        if not self.is_folder(path):
            return ()
        assert self.root is not None
        inner = Files(self.root / path, boundary=self.boundary or self.root)
        return inner.paths

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder of that path, inside the boundary."""
        if self.memory is not None:
            prefix = "" if path in ("", ".") else f"{path.rstrip('/')}/"
            return any(p.startswith(prefix) for p in self.memory)
        try:
            absolute = self._absolute(path)
            return self._allowed(absolute) and os.path.isdir(absolute)
        except ValueError:
            return False

    def read_bytes(self, path: str) -> bytes:
        """The bytes of a file; raises `Unreadable`. Small files are kept, since each loader looks into every file that may be its own."""
        data = self._kept.get(path)
        if data is None:
            data = self._read_bytes(path)
            if len(data) <= _SMALL and len(self._kept) * _SMALL < _KEPT:
                self._kept[path] = data
        return data

    @cached_property
    def _kept(self) -> dict[str, bytes]:
        return {}

    def _read_bytes(self, path: str) -> bytes:
        if self.memory is not None:
            if path not in self.memory:
                raise Unreadable(_problem(path, "file-missing", "the file is not there"))
            return self.memory[path].encode("utf-8", "surrogatepass")
        try:
            absolute = self._absolute(path)
            if not self._allowed(absolute):
                raise Unreadable(_problem(path, "file-outside", "the file lies outside the repository and is not read"))
            if not os.path.isfile(absolute):
                raise Unreadable(_problem(path, "file-missing", "the file is not there, or is not a regular file"))
            size = os.path.getsize(absolute)
            if size > MAX_BYTES:
                raise Unreadable(_problem(path, "file-too-large", f"the file has {size:,} bytes; more than {MAX_BYTES:,} are not read"))
            with open(absolute, "rb") as file:
                return file.read(MAX_BYTES + 1)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise Unreadable(_problem(path, "file-unreadable", f"the file cannot be read: {reason}")) from None

    def read(self, path: str) -> str:
        """The text of a file (UTF-8, with or without a byte order mark, or UTF-16 with one); raises `Unreadable`."""
        data = self.read_bytes(path)
        try:
            if data.startswith((b"\xff\xfe", b"\xfe\xff")):
                return data.decode("utf-16")
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            column = error.start - data.rfind(b"\n", 0, error.start)
            problem = Diagnostic(Span(path, line, column, line, column + 1), "file-encoding", "the file is not UTF-8 text", gap=True)
            raise Unreadable(problem) from None

    def _absolute(self, path: str) -> str:
        assert self.root is not None
        return os.path.normpath(os.path.join(self.root, path))

    def _allowed(self, absolute: str) -> bool:
        folder, name = os.path.split(absolute)
        if folder not in self._real_folders:
            self._real_folders[folder] = os.path.realpath(folder)
        real = os.path.join(self._real_folders[folder], name)
        if os.path.islink(real):
            real = os.path.realpath(real)
        return any(real == path or real.startswith(path.rstrip(os.sep) + os.sep) for path in self._doors)

    @cached_property
    def _real_folders(self) -> dict[str, str]:
        """Folders without the links on the way to them: to look that up for every file costs more than to read it."""
        return {}

    @cached_property
    def _doors(self) -> tuple[str, ...]:
        return tuple(os.path.realpath(path) for path in (self.boundary or self.root or ".", *sorted(self.beyond)))


def _problem(path: str, code: str, message: str) -> Diagnostic:
    return Diagnostic(Span(path), code, message, Level.ERROR, gap=True)


def _walk(files: Files) -> tuple[tuple[str, ...], tuple[Skip, ...], tuple[Diagnostic, ...]]:
    assert files.root is not None
    paths: list[str] = []
    skipped: list[Skip] = []
    problems: list[Diagnostic] = []
    root = str(files.root)
    pending = list(files.only) or [""]
    while pending:
        folder = pending.pop()
        try:
            entries = sorted(os.scandir(os.path.join(root, folder) if folder else root), key=lambda e: e.name)
        except NotADirectoryError:
            paths.append(folder)
            continue
        except OSError as error:
            problems.append(_problem(folder or ".", "folder-unreadable", f"the folder cannot be read: {error.strerror}"))
            continue
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if _excluded(path, files.exclude):
                skipped.append(Skip(path, "excluded by the configuration"))
            elif entry.is_symlink() and not _is_file(entry):
                skipped.append(Skip(path, "a symbolic link to a folder, to itself or to nothing"))
            elif entry.is_dir(follow_symlinks=False):
                if entry.name not in _IGNORED_FOLDERS:
                    pending.append(path)
            elif _is_file(entry):
                paths.append(path)
            else:
                skipped.append(Skip(path, "not a regular file"))
    return tuple(sorted(set(paths))), tuple(sorted(skipped, key=lambda s: s.path)), tuple(sorted(problems))


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link to itself
        return False


def _excluded(path: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch(path, pattern) or fnmatch(path, f"{pattern.rstrip('/')}/*") for pattern in patterns)
