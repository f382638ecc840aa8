"""Names of resources, one text form each: `Address.parse(str(a)) == a`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

Scheme: TypeAlias = Literal["tf", "k8s", "aws", "ci"]

_AWS = re.compile(r"arn:|aws:")
_KUBERNETES = re.compile(r"[^/\[\"]*/[A-Z][A-Za-z0-9]*/[^/]+$")
_FILE = re.compile(r"\.ya?ml$|(^|[/.])(Docker|Container|Jenkins)file[^/]*$", re.I)
_TERRAFORM = re.compile(r"(module\.|data\.)?[A-Za-z_][\w-]*(\.|\[|$)")


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """The name of one resource.

    The text of a Terraform address is Terraform's own (`module.net["eu"].aws_subnet.a[0]`), of a Kubernetes object
    `namespace/Kind/name` (an empty namespace for cluster-wide kinds), of a live AWS object its ARN, or `aws:KIND:id` where
    it has none, and of a pipeline or a part of it `path/in/repository.yml#jobs.build`.
    """

    scheme: Scheme
    text: str

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text

    @classmethod
    def parse(cls, text: str) -> Address:
        """The address that prints as `text`."""
        if _AWS.match(text):
            return cls("aws", text)
        if _KUBERNETES.match(text):
            return cls("k8s", text)
        if "#" in text.partition("[")[0] or not _TERRAFORM.match(text) or _FILE.search(text):
            return cls("ci", text)
        return cls("tf", text)

    @property
    def module(self) -> str:
        """The module part of a Terraform address (`module.net["eu"]`), empty in the root module."""
        return split_terraform(self.text)[0] if self.scheme == "tf" else ""

    @property
    def name(self) -> str:
        """The address without its module part."""
        return split_terraform(self.text)[1] if self.scheme == "tf" else self.text


_STEP = re.compile(r'module\.[\w-]+(\[(?:\d+|\*|"(?:[^"\\]|\\.)*")\])?')


def split_terraform(text: str) -> tuple[str, str]:
    """(module path, rest) of a Terraform address; the address of a module call itself is all rest."""
    end = 0
    while found := _STEP.match(text, end):
        if text[found.end() : found.end() + 1] != ".":
            break
        end = found.end() + 1
    return text[: max(0, end - 1)], text[end:]
