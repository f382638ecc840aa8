"""Commands and variables that switch off the check of who answers: certificates and host keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.reading import entries
from auditor.views.pipeline.shell import commands
from auditor.views.shell.invocation import Invocation

_OPTIONS: Final = {
    "curl": ("-k", "--insecure"),
    "wget": ("--no-check-certificate",),
    "kubectl": ("--insecure-skip-tls-verify",),
    "oc": ("--insecure-skip-tls-verify",),
    "helm": ("--kube-insecure-skip-tls-verify", "--insecure-skip-tls-verify"),
    "argocd": ("--insecure",),
    "aws": ("--no-verify-ssl",),
    "dockerd": ("--insecure-registry",),
    "cf": ("--skip-ssl-validation",),
    "vault": ("-tls-skip-verify",),
    "mc": ("--insecure",),
    "crane": ("--insecure",),
    "cosign": ("--allow-insecure-registry", "--insecure-ignore-tlog"),
}
_WORDS: Final = (
    (("ssh", "scp", "sftp", "rsync"), re.compile(r"StrictHostKeyChecking[= ](?:no|off)\b", re.I)),
    (("git",), re.compile(r"http\.(?:\S+\.)?sslVerify(?:=|\s+)[\"']?(?:false|0)\b", re.I)),
    (("npm", "yarn", "pnpm"), re.compile(r"strict-ssl(?:=|\s+)false\b", re.I)),
    (("skopeo", "podman", "buildah"), re.compile(r"--(?:src-|dest-)?tls-verify=false\b")),
)
_VARIABLES: Final = {
    "node_tls_reject_unauthorized": ("0",),
    "git_ssl_no_verify": ("1", "true"),
    "pythonhttpsverify": ("0",),
    "ansible_host_key_checking": ("false", "0", "no"),
    "goinsecure": ("*",),
    "aws_ca_bundle": ("",),
    "vault_skip_verify": ("1", "true"),
}
_LOCAL: Final = re.compile(r"localhost|127\.0\.0\.1|\[::1\]|host\.docker\.internal")


@dataclass(frozen=True, slots=True, eq=False)
class Unchecked:
    """A place where the check is switched off; `text` is what does it."""

    where: Node
    text: str


def unchecked(resource: Resource, graph: Graph) -> list[Unchecked]:
    """A place function: everything that switches the check off, each place once."""
    found: dict[str, Unchecked] = {}
    for it in _unchecked(resource, graph):
        found.setdefault(str(it.where.span), it)
    return list(found.values())


def _unchecked(resource: Resource, graph: Graph) -> Iterator[Unchecked]:
    for pipeline in pipelines(resource, graph):
        tables = [pipeline.variables, *(job.variables for job in pipeline.jobs), *(step.variables for step in pipeline.steps)]
        for name, value in (entry for table in tables for entry in entries(table)):
            data = {True: "true", False: "false"}.get(value.data, value.data) if isinstance(value.data, bool) else value.data
            if name.lower() in _VARIABLES and str(data).lower() in _VARIABLES[name.lower()] and data is not None:
                yield Unchecked(value, name)
        for step in pipeline.steps:
            made = commands(step)
            for call in made.invocations if made else ():
                text = _switch(call)
                if text and made and not _LOCAL.search(" ".join(word.text for word in call.words)):
                    yield Unchecked(made.at(call.start, call.end), text)


def _switch(call: Invocation) -> str:
    """The option that switches the check off; empty when none does."""
    for name in _OPTIONS.get(call.tool, ()):
        if call.has(name) or (len(name) == 2 and any(re.fullmatch(rf"-[a-zA-Z]*{name[1]}[a-zA-Z]*", it.name) for it in call.options)):
            return f"{call.tool} {name}"
    spoken = " ".join(word.text for word in call.words)
    for tools, pattern in _WORDS:
        found = pattern.search(spoken) if call.tool in tools else None
        if found:
            return found[0]
    return ""
