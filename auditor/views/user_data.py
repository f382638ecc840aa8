"""The script that an instance runs at its first start: readable by everybody who may describe the instance."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.redacted_text import mask_text
from auditor.model.resource import Resource

KINDS: Final = "aws_instance aws_spot_instance_request aws_launch_template aws_launch_configuration"

_ACCESS_KEY = re.compile(r"(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])")
_SECRET_KEY = re.compile(r"(?i)aws_?secret(?:_?access)?_?key[\"']?\s*[=:]\s*[\"']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])")
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]{16,}={0,2}\s*")


@dataclass(frozen=True, slots=True)
class Script:
    """A user data script; `where` is where it is written. Reading its text raises `Undecided` when it is not known."""

    where: Node

    @property
    def text(self) -> str:
        """The script in clear text, also where it is written in base64."""
        text = self.where.text or ""
        if not _BASE64.fullmatch(text):
            return text
        try:
            return base64.b64decode(text, validate=False).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            return text

    @property
    def access_key_line(self) -> int:
        """The first line of the script that holds an AWS access key, 0 when none does."""
        return next((n for n, line in enumerate(self.text.splitlines(), 1) if _ACCESS_KEY.search(line) or _SECRET_KEY.search(line)), 0)

    @property
    def secret_line(self) -> int:
        """The first line that holds a secret of any kind, 0 when none does."""
        lines = self.text.splitlines()
        masked = mask_text("\n".join(lines)).splitlines()
        return next((n for n, (line, shown) in enumerate(zip(lines, masked, strict=False), 1) if line != shown), 0)


def scripts(resource: Resource, _graph: Graph) -> Iterator[Script]:
    """The scripts of an instance, launch template or launch configuration."""
    for name in ("user_data", "user_data_base64"):
        node = resource.at(name)
        if node.unknown or node.present:
            yield Script(node)
