"""What of a repository a Dockerfile's COPY and ADD find, in every folder that may be the context of the build.

Which folder that is, the build command says. The Dockerfile's own folder and those above it are the candidates; a source is looked for
in each of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice
from posixpath import basename, dirname, join, normpath
from typing import Final

from auditor.loaders.dockerfile.fragment import Fragment
from auditor.loaders.dockerfile.ignore import Ignore, as_regex, dockerignore, gitignore
from auditor.loaders.files import Files, Unreadable
from auditor.model.value import Value

_MAX_LISTED: Final = 50_000
_REMOTE: Final = ("http://", "https://", "git://", "ssh://", "git@", "ftp://")


class Contexts:
    """The candidates for one Dockerfile, the nearest first."""

    def __init__(self, files: Files, path: str) -> None:
        self.files = files
        self.path = path
        self.folders = _upwards(dirname(path))
        self.own = f"{path}.dockerignore"
        self.ignores = {folder: self._ignore(folder) for folder in self.folders}

    def _read(self, path: str) -> str | None:
        try:
            return self.files.read(path) if self.files.exists(path) else None
        except Unreadable:
            return None

    def _ignore(self, folder: str) -> Ignore | None:
        text = self._read(self.own)
        if text is None:
            text = self._read(join(folder, ".dockerignore"))
        return dockerignore(text) if text is not None else None

    def annotate(self, body: Value) -> None:
        """Add to every COPY and ADD from the context `sources`: {path, found: [folder], hidden: [folder], generated}."""
        data = body.data
        stages = data["stages"].data if isinstance(data, dict) else []
        for stage in stages if isinstance(stages, list) else []:
            inside = stage.data["instructions"].data if isinstance(stage.data, dict) else []
            for table in inside if isinstance(inside, list) else []:
                self._instruction(table)

    def _instruction(self, table: Value) -> None:
        data = table.data
        assert isinstance(data, dict)
        if data["instruction"].data not in ("COPY", "ADD"):
            return
        flags = data["flags"].data if "flags" in data else {}
        if isinstance(flags, dict) and "from" in flags:
            return
        words = data["words"].data
        assert isinstance(words, list)
        sources = [word for word in words[:-1] if isinstance(word.data, str) and not word.data.startswith(("<<", *_REMOTE))]
        made = [self._source(word) for word in sources if isinstance(word, Fragment)]
        data["sources"] = Value(made, data["words"].place)

    def _source(self, word: Fragment) -> Value:
        text = str(word.data)
        inside = normpath(f"/{text}").lstrip("/")
        found = [folder for folder in self.folders if self._there(folder, inside)]
        hidden = [folder for folder in found if inside and (ignore := self.ignores[folder]) is not None and ignore.hides(inside)]
        data = {
            "path": Value(text, word),
            "written": Value(word.raw, word),
            "found": Value([Value(folder or ".", word) for folder in found], word),
            "hidden": Value([Value(folder or ".", word) for folder in hidden], word),
            "generated": Value(self._generated(inside), word),
        }
        return Value(data, word)

    def _there(self, folder: str, inside: str) -> bool:
        if not inside:
            return True
        if not any(sign in inside for sign in "*?["):
            path = join(folder, inside)
            return self.files.exists(path) or self.files.is_folder(path)
        start = inside.split("*", maxsplit=1)[0].split("?", maxsplit=1)[0].split("[", maxsplit=1)[0].rpartition("/")[0]
        base = join(folder, start) if start else folder
        listed = self._below(base)
        if len(listed) > _MAX_LISTED:
            return True
        pattern = as_regex(inside)
        prefix = f"{start}/" if start else ""
        return any(
            pattern.fullmatch("/".join(parts[:end]))
            for name in listed
            for parts in [f"{prefix}{name}".split("/")]
            for end in range(1, len(parts) + 1)
        )

    def _below(self, folder: str) -> list[str]:
        """The files of the scan below a folder, relative to it."""
        paths = self.files.paths
        prefix = f"{folder}/" if folder else ""
        start = bisect_left(paths, prefix)
        found: list[str] = []
        for path in islice(paths, start, None):
            if not path.startswith(prefix):
                break
            found.append(path[len(prefix) :])
        return found

    def _generated(self, inside: str) -> bool:
        """Whether a .gitignore says that the file is made, not written."""
        for folder in self.folders:
            text = self._read(join(folder, ".gitignore"))
            if text is None:
                continue
            ignore = gitignore(text.splitlines())
            for context in self.folders:
                path = join(context, inside)
                relative = path.removeprefix(f"{folder}/") if folder else path
                if ignore.hides(relative):
                    return True
        return False


def _upwards(folder: str) -> list[str]:
    """The folder and those above it, up to the scanned root (`""`)."""
    found = [folder]
    while folder:
        folder = dirname(folder)
        found.append(folder)
    return found


def is_dockerfile_name(path: str) -> bool:
    """Whether a file is named like a Dockerfile."""
    name = basename(path).lower()
    if _OTHER.search(name):
        return False
    return "dockerfile" in name or "containerfile" in name


_OTHER: Final = re.compile(
    r"\.(?:dockerignore|md|rst|txt|j2|jinja|jinja2|tmpl|tpl|template|erb|mustache|ejs|swp|orig|rej|json|yml|yaml|sh|py|js"
    r"|ts|go|rb|java|lock|toml|patch|diff|html|xml|svg|png|vim|lua|sum|c|h|cs|php|rs)$"
)
