"""Read directives from the annotations of Kubernetes objects and of their pod templates.

Ours is `auditor/ignore: RULE[,RULE] reason="..." until=2027-01-31`, several separated by `;`. Those of checkov, kube-linter
and terrascan are honoured as well, on the object and on the pod template alike.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterable, Iterator

from auditor.engine.comments import options_of, ours
from auditor.engine.directive import Directive, Of
from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.node import Node
from auditor.model.resource import Resource

_PLACES = (
    "metadata.annotations",
    "spec.template.metadata.annotations",
    "spec.jobTemplate.metadata.annotations",
    "spec.jobTemplate.spec.template.metadata.annotations",
)
_CHECKOV = re.compile(r"(?:checkov|bridgecrew|cortex)\.io/skip\d*")
_KUBE_LINTER = "ignore-check.kube-linter.io/"
_TERRASCAN = "runterrascan.io/skip"
_OURS = "auditor/ignore"


def read(resources: Iterable[Resource]) -> tuple[tuple[Directive, ...], tuple[Diagnostic, ...]]:
    """The directives in the annotations of resources, and what is wrong with them."""
    found: list[Directive] = []
    problems: list[Diagnostic] = []
    for resource in resources:
        for place in _PLACES if resource.kubernetes else ():
            annotations = resource.body.at(place)
            if not isinstance(annotations.data, dict):
                continue
            for key, node in annotations.entries():
                if isinstance(node.data, str):
                    found.extend(_directives(resource, key, node, problems))
    return tuple(dict.fromkeys(found)), tuple(sorted(set(problems)))


def _directives(resource: Resource, key: str, node: Node, problems: list[Diagnostic]) -> Iterator[Directive]:
    def problem(message: str) -> None:
        problems.append(Diagnostic(node.span, "suppression-invalid", message, Level.WARNING))

    scope = Of(resource.root, resource.address.text)
    text = str(node.data)
    if key == _OURS:
        for names, reason, until in _ours(text, problem):
            yield from (Directive("auditor", name, scope, reason, node.span, until) for name in names.split(",") if name)
    elif _CHECKOV.fullmatch(key):
        name, _, reason = text.partition("=")
        yield Directive("checkov", name.strip(), scope, reason.strip(), node.span)
    elif key.startswith(_KUBE_LINTER):
        yield Directive("kube-linter", key.removeprefix(_KUBE_LINTER), scope, text.strip(), node.span)
    elif key == _TERRASCAN:
        for name, reason in _terrascan(text, problem):
            yield Directive("terrascan", name, scope, reason, node.span)


def _ours(text: str, problem: Callable[[str], None]) -> Iterator[tuple[str, str, datetime.date | None]]:
    for names, options in _ONE.findall(text):
        if (accepted := ours(options_of(options), problem)) is not None:
            yield names, *accepted


_ONE = re.compile(r"""([^\s;="']+)((?:\s+[a-z]+=(?:"[^"]*"|'[^']*'|[^\s;]+))*)""")


def _terrascan(text: str, problem: Callable[[str], None]) -> Iterator[tuple[str, str]]:
    try:
        entries = json.loads(text)
        yield from ((str(entry["rule"]), str(entry.get("comment", ""))) for entry in entries)
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError):
        problem(f'{_TERRASCAN} is not JSON like [{{"rule": "AC_K8S_0001", "comment": "why"}}]; it is not honoured')
