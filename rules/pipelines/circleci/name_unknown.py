"""A configuration names a job, command or executor that it does not declare.

## Why it matters
CircleCI refuses the whole configuration: *Cannot find a definition for ...*. Nothing runs, also not the other workflows.

## Five whys
1. Why did the push start nothing? CircleCI refused the configuration.
2. Why? It names something that is not declared in it.
3. Why? The declaration was renamed or moved to an orb, or the name is misspelt.

## Fix now
Correct the name, or declare it.

## Workaround
None: the configuration is refused as a whole.

## Prevent
`circleci config validate` before the push.

## Validate
The pipeline's page shows jobs in place of *Build Error*.

## Bad
```circleci
version: 2.1
jobs:
  build:
    executor: nodejs # finding
    steps:
      - checkout
      - instal # finding
workflows:
  main:
    jobs:
      - build
      - deploy # finding
```

## Good
```circleci
version: 2.1
orbs: {node: circleci/node@7.1.0}
executors:
  nodejs: {docker: [{image: 'cimg/node:22.1'}]}
commands:
  install:
    steps: [{run: npm ci}]
jobs:
  build:
    executor: nodejs
    steps:
      - checkout
      - install
      - node/install-packages
      - when:
          condition: true
          steps: [{run: make}]
workflows:
  main:
    jobs:
      - build
      - node/test
      - hold: {type: approval}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.github.names import closest
from auditor.views.pipeline.reading import entries, field, items, text

_OWN = frozenset(
    {
        *("run", "checkout", "setup_remote_docker", "save_cache", "restore_cache", "deploy", "store_artifacts", "store_test_results"),
        *("persist_to_workspace", "attach_workspace", "add_ssh_keys", "when", "unless", "circleci_ip_ranges", "machine"),
    }
)
"""Steps that CircleCI has itself (documentation, state: November 2026)."""
_TYPES = frozenset({"approval", "no-op", "release", "lock", "unlock", "slack", "build"})


@rule(
    target="circleci_pipeline",
    severity=Severity.HIGH,
    symptoms=[r"Cannot find a definition for (?:job|command|executor)", r"Cannot find declaration for job"],
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if body.at("setup").value is True:
        return
    tables = {name: {key for key, _ in entries(body.at(name))} for name in ("jobs", "commands", "executors")}
    for _, flow in entries(body.at("workflows")):
        for name, where, settings in _listed(field(flow, "jobs")):
            if text(field(settings, "type")) not in _TYPES:
                yield from _missing(name, where, tables["jobs"], "job")
    for kind in ("jobs", "commands"):
        for _, holder in entries(body.at(kind)):
            executor = field(holder, "executor")
            where = field(executor, "name") if isinstance(executor.value, dict) else executor
            yield from _missing(text(where), where, tables["executors"], "executor")
            yield from _in_steps(field(holder, "steps"), tables["commands"])


def _in_steps(steps: Node, known: set[str]) -> Iterator[Fail]:
    for name, where, inner in _listed(steps):
        if name in ("when", "unless"):
            yield from _in_steps(field(inner, "steps"), known)
        else:
            yield from _missing(name, where, known | _OWN, "command")


def _listed(node: Node) -> Iterator[tuple[str, Node, Node]]:
    """(name, place, settings) of the items of a list of names and `name: settings`."""
    for item in items(node):
        if isinstance(item.value, str):
            yield item.value, item, field(item, "")
        else:
            yield from ((name, item.key(name), settings) for name, settings in list(entries(item))[:1])


def _missing(name: str, where: Node, known: set[str] | frozenset[str], what: str) -> Iterator[Fail]:
    if name and "/" not in name and "<<" not in name and name not in known:
        yield Fail(where, f"no {what} is named {name}", closest(name, known) or f"a {what} that is declared")
