"""Image references: registry, repository, tag and digest, as container runtimes read them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_NAME = re.compile(r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*")
_TAG = re.compile(r"\w[\w.-]{0,127}", re.ASCII)
_DIGEST = re.compile(
    r"(?:sha256|blake3):[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}"
    r"|(?!(?:sha256|sha384|sha512|blake3):)[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[\w=-]+"
)
_REGISTRY = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9a-fA-F:]+\])(?::\d+)?"
)

DEFAULT_REGISTRY: Final = "docker.io"


@dataclass(frozen=True, slots=True)
class Image:
    """A reference taken apart. `registry` is empty when none is written; `repository` is as written, without it."""

    registry: str
    repository: str
    tag: str
    digest: str

    @property
    def effective_tag(self) -> str:
        """The tag that is pulled: `latest` when neither tag nor digest is written; empty for a digest alone."""
        return self.tag or ("" if self.digest else "latest")

    @property
    def host(self) -> str:
        """The registry that is asked."""
        return self.registry or DEFAULT_REGISTRY

    @property
    def full_repository(self) -> str:
        """Registry and repository, with what is implied (`docker.io/library/nginx`)."""
        implied = "library/" if self.host == DEFAULT_REGISTRY and "/" not in self.repository else ""
        return f"{self.host}/{implied}{self.repository}"


@lru_cache(maxsize=4096)
def parse(text: str) -> Image | None:
    """The parts of a reference; None when no runtime accepts it."""
    name, at, digest = text.partition("@")
    if at and not _DIGEST.fullmatch(digest):
        return None
    head, slash, rest = name.partition("/")
    registry = ""
    if slash and ("." in head or ":" in head or head == "localhost" or head != head.lower()):
        registry, name = head, rest
        if not _REGISTRY.fullmatch(registry):
            return None
    path, colon, tag = name.rpartition(":")
    if not colon:
        path, tag = name, ""
    elif not _TAG.fullmatch(tag):
        return None
    return Image(registry, path, tag, digest) if _NAME.fullmatch(path) else None


def pull_policy(image: Image | None, written: str | None) -> str:
    """The effective `imagePullPolicy`: as written, else Always for `latest`, else IfNotPresent."""
    if written:
        return written
    return "Always" if image is not None and image.effective_tag == "latest" else "IfNotPresent"
