"""Where a module comes from: the parts of a `source` that say whether it can change under our feet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs


@dataclass(frozen=True, slots=True)
class ModuleSource:
    """A parsed `source`. `form`: local, registry, git, archive, or other; `ref`: what of a repository is taken, empty for its head."""

    form: str
    ref: str = ""
    plain: bool = False
    """Whether it travels unencrypted."""

    @property
    def commit(self) -> bool:
        """Whether exactly one commit is named."""
        return _COMMIT.fullmatch(self.ref) is not None

    @property
    def release(self) -> bool:
        """Whether a tag with a version is named."""
        return _RELEASE.search(self.ref) is not None


_COMMIT = re.compile(r"[0-9a-f]{7,40}|[0-9a-f]{64}")
_RELEASE = re.compile(r"\d+\.\d+")
_REGISTRY = re.compile(r"(?:[\w.-]+\.[\w-]+(?::\d+)?/)?[\w-]+/[\w-]+/[\w-]+(?://[^?]*)?")
_HOSTS = ("github.com/", "bitbucket.org/", "git@", "ssh://")


def parse_source(source: str) -> ModuleSource:
    """The parts of a module's source."""
    if source.startswith(("./", "../", "/")):
        return ModuleSource("local")
    address, _, query = source.partition("?")
    ref = parse_qs(query).get("ref", [""])[0]
    if source.startswith(("git::", *_HOSTS)) or address.partition("//")[0].endswith(".git") or ".git//" in address:
        return ModuleSource("git", ref, source.startswith(("git::http://", "git::git://")))
    if source.startswith(("http://", "https://")):
        return ModuleSource("archive", plain=source.startswith("http://"))
    if source.startswith(("s3::", "gcs::", "hg::")):
        return ModuleSource("other", ref)
    return ModuleSource("registry" if _REGISTRY.fullmatch(address) else "other")
