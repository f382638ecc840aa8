"""Secrets in scripts: which variables hold one, and what a script does with it: print it, pass it on a command line, send it away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.github.mentions import mentions
from auditor.views.pipeline import steps
from auditor.views.pipeline.model import Platform, Step
from auditor.views.pipeline.once import once
from auditor.views.pipeline.reading import entries
from auditor.views.pipeline.shell import Commands, commands
from auditor.views.secret import secret_name
from auditor.views.shell.invocation import Invocation
from auditor.views.shell.tree import Command, PartKind, Pipeline, Word

_GIVEN: Final = frozenset({"CI_JOB_TOKEN", "CI_REGISTRY_PASSWORD", "CI_DEPLOY_PASSWORD", "CI_JOB_JWT", "CI_JOB_JWT_V1", "CI_JOB_JWT_V2"})
_SECRET: Final = re.compile(r"\bsecrets\s*[.\[]|\bgithub\.token\b", re.I)
_OPTIONS: Final = {
    "docker login": ("-p", "--password"),
    "podman login": ("-p", "--password"),
    "buildah login": ("-p", "--password"),
    "helm": ("--password",),
    "oras": ("-p", "--password"),
    "skopeo": ("--creds", "--src-creds", "--dest-creds"),
    "crane": ("-p", "--password"),
    "sshpass": ("-p",),
    "az": ("-p", "--password"),
    "mysql": ("-p", "--password"),
    "mysqldump": ("-p", "--password"),
    "mongosh": ("-p", "--password"),
    "redis-cli": ("-a",),
    "argocd": ("--password", "--auth-token"),
    "vercel": ("-t", "--token"),
    "kubectl": ("--token", "--password", "--docker-password"),
    "sonar-scanner": ("-Dsonar.token", "-Dsonar.login"),
    "twine": ("-p", "--password"),
    "curl": ("-u", "--user"),
    "wget": ("--password", "--http-password"),
    "unzip": ("-P",),
    "openssl": ("-k", "-pass"),
}
"""Tools -> options whose value is a secret; other processes and logs see it."""
_PRINTERS: Final = frozenset({"echo", "printf", "Write-Host", "Write-Output"})
_CODERS: Final = frozenset({"base64", "rev", "xxd", "cat", "tee", "od", "hexdump", "sed"})
_BODY: Final = ("-d", "--data", "--data-raw", "--data-binary", "--data-urlencode", "-F", "--form", "--json", "--post-data")


@dataclass(frozen=True, slots=True, eq=False)
class Leak:
    """A place where a script gives a secret away; `how` says what it does."""

    where: Node
    how: str
    text: str


def secret_test(step: Step) -> Callable[[str], bool]:
    """Whether a variable of a step's script holds a secret."""
    if step.job.pipeline.platform is not Platform.GITHUB:
        return lambda name: name in _GIVEN or (secret_name(name) and not name.startswith("CI_"))
    known: set[str] = set()
    for table in (step.job.pipeline.variables, step.job.variables, step.variables):
        for name, value in entries(table):
            held = any(it.path[:1] == ("secrets",) or it.path == ("github", "token") for it in mentions(value, flowing=True))
            (known.add if held else known.discard)(name)
    return known.__contains__


def holds_secret(word: Word | None, secret: Callable[[str], bool]) -> bool:
    """Whether a word of a script holds a secret."""
    return word is not None and any(
        (part.kind is PartKind.VARIABLE and secret(part.name) and part.operator not in ("+", ":+", "#", "local") and part.text[:3] != "${#")
        or (part.kind is PartKind.PLACEHOLDER and _SECRET.search(part.text) is not None)
        for part in word.walk()
    )


@once
def leaks(resource: Resource, graph: Graph) -> Iterator[Leak]:
    """A place function: everything that scripts give away."""
    for step in steps(resource, graph):
        made = commands(step)
        if made is not None:
            secret = secret_test(step)
            yield from _printed(made, secret)
            for call in made.invocations:
                if call.shift >= 0:
                    yield from _spoken(made, call, secret)
                    yield from _sent(made, call, secret)


def _printed(made: Commands, secret: Callable[[str], bool]) -> Iterator[Leak]:
    for command in made.commands:
        held = next((word for word in command.arguments if holds_secret(word, secret)), None)
        if held is None:
            continue
        if command.name in _PRINTERS and _reaches_log(command) and "::add-mask::" not in command.argv[1]:
            yield Leak(made.at(held.start, held.end), "printed", held.text)
        elif command.state.xtrace is True and command.name not in ("set", "[", "[["):
            yield Leak(made.at(held.start, held.end), "traced", held.text)


def _reaches_log(command: Command) -> bool:
    """Whether what a command prints goes to the log, as it is or only coded another way."""
    if any(redirect.writes for redirect in command.redirects):
        return False
    inner: object = command
    for above in command.ancestors:
        if isinstance(above, Pipeline) and above.stages[-1] is not inner:
            last = above.stages[-1]
            return isinstance(last, Command) and last.name in _CODERS and not any(redirect.writes for redirect in last.redirects)
        if getattr(above, "role", "") in ("substitution", "function") or any(it.writes for it in getattr(above, "redirects", ())):
            return False
        inner = above
    return True


def _spoken(made: Commands, call: Invocation, secret: Callable[[str], bool]) -> Iterator[Leak]:
    names = _OPTIONS.get(call.tool) or _OPTIONS.get(f"{call.tool} {' '.join(call.subcommand[:1])}") or ()
    for option in call.options:
        word = option.value if option.value is not None else option.word
        joined = option.value is None and option.name not in names and option.name.startswith(names or ("?",))  # -p$PASSWORD
        if (option.name in names or joined) and holds_secret(word, secret):
            yield Leak(_at(made, call, word), "spoken", f"{call.tool} {option.name[:2] if joined else option.name}")


def _sent(made: Commands, call: Invocation, secret: Callable[[str], bool]) -> Iterator[Leak]:
    if call.tool not in ("curl", "wget", "nc", "ncat", "http", "https"):
        return
    words = [*call.values(*_BODY), *call.operands]
    found = next((word for word in words if holds_secret(word, secret)), None)
    if found is not None:
        yield Leak(_at(made, call, found), "sent", call.tool)
        return
    for above in call.command.ancestors:
        if isinstance(above, Pipeline) and isinstance(above.stages[0], Command) and above.stages[0] is not call.command:
            source = above.stages[0]
            whole = source.name in ("env", "printenv", "set", "export") and len(source.words) == 1
            if source.name in ("echo", "printf", "env", "printenv", "set", "export") and (
                whole or any(holds_secret(word, secret) for word in source.arguments)
            ):
                yield Leak(_at(made, call, call.words[0]), "sent", call.tool)


def _at(made: Commands, call: Invocation, word: Word) -> Node:
    return made.at(word.start + call.shift, word.end + call.shift)
