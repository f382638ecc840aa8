"""What one rule of Kubernetes says of a text."""

from __future__ import annotations

from functools import cache

from auditor.engine import rulebook
from auditor.engine.runner import Results, run
from auditor.model.rule import Rule
from tests.kubernetes_made import graph_of


@cache
def _rule(name: str) -> Rule:
    root = rulebook.builtin_root()
    group, _, rest = name.partition("/")
    path = next(path for path in (root / "kubernetes" / group).glob(f"{rest}.*") if path.suffix in (".py", ".yaml"))
    return rulebook.load_file(root, path)


def results(name: str, text: str, *, closed: bool = False) -> Results:
    """What `group/rule` comes to."""
    found = run([_rule(name)], graph_of(text, closed=closed))
    assert not found.errors
    return found


def resources(name: str, text: str, *, closed: bool = False) -> list[str]:
    """The resources that `group/rule` finds fault with."""
    return sorted(finding.resource for finding in results(name, text, closed=closed).findings)


def messages(name: str, text: str) -> list[str]:
    """What `group/rule` says."""
    return [finding.message for finding in results(name, text).findings]


def unsure(name: str, text: str) -> list[str]:
    """The resources of which `group/rule` does not know."""
    return sorted(finding.resource for finding in results(name, text).unsure)
