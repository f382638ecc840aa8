"""A task of a workflow waits for one that is not there, or for itself.

## Why it matters
Argo refuses the workflow: *dependency 'x' not defined*, or *cycle detected*. A CronWorkflow is stored all the same and fails each time
that it is due.

## Five whys
1. Why did the workflow not start? Argo refused it.
2. Why? A task depends on one that its DAG does not have, or on itself by way of others.
3. Why? A task was renamed or moved, and those that wait for it were not.

## Fix now
Correct the name, or take the dependency out.

## Workaround
Submit with the part that works as the entrypoint: `argo submit --entrypoint NAME`.

## Prevent
`argo lint --offline` on every change.

## Validate
`argo lint --offline FILE` finds nothing.

## Bad
```yaml
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: shop-}
spec:
  entrypoint: main
  templates:
    - name: main
      dag:
        tasks:
          - {name: build, template: run}
          - {name: test, template: run, dependencies: [biuld]} # finding
          - {name: pack, template: run, depends: "build.Succeeded && lint"} # finding
    - name: loop
      dag:
        tasks:
          - {name: a, template: run, dependencies: [b]} # finding
          - {name: b, template: run, dependencies: [a]}
    - name: run
      container: {image: "shop/run:1"}
```

## Good
```yaml
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: shop-}
spec:
  entrypoint: main
  templates:
    - name: main
      dag:
        tasks:
          - {name: build, template: run}
          - {name: test, template: run, dependencies: [build]}
          - {name: pack, template: run, depends: "(build.Succeeded || build.Skipped) && !test.Failed"}
          - {name: more, template: run, depends: pack.AnySucceeded}
    - name: run
      container: {image: "shop/run:1"}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.github.names import closest
from auditor.views.pipeline.reading import field, items, several, text

_TASK = re.compile(r"(?<![.\w-])[A-Za-z0-9_][\w-]*")


@rule(
    target="Workflow WorkflowTemplate ClusterWorkflowTemplate CronWorkflow",
    severity=Severity.HIGH,
    symptoms=[r"dependency '\S+' not defined", r"[Dd]ependency cycle detected", r"non existing task"],
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if not text(body.at("apiVersion")).startswith("argoproj.io/"):
        return
    spec = body.at("spec.workflowSpec") if resource.kind == "CronWorkflow" else body.at("spec")
    for template in items(field(spec, "templates")):
        yield from _of_graph(items(field(field(template, "dag"), "tasks")))


def _of_graph(tasks: list[Node]) -> Iterator[Fail]:
    needs = {text(field(task, "name")): _needs(task) for task in tasks}
    if not all(needs) or any("{{" in name for name in needs):
        return
    for name, wanted in needs.items():
        for where, other in wanted:
            if other not in needs:
                yield Fail(where, f"no task is named {other}", closest(other, needs) or "a task of the same DAG")
        circle = _way(name, needs)
        if circle and name == min(circle):
            yield Fail(wanted[0][0], f"these tasks wait for each other: {' -> '.join((*circle, name))}", "an order with a first task")


def _needs(task: Node) -> list[tuple[Node, str]]:
    found = [(it, text(it)) for it in several(field(task, "dependencies")) if text(it) and "{{" not in text(it)]
    depends = field(task, "depends")
    if "{{" in text(depends):
        return found
    return found + [(depends.part(it.start(), it.end()), it[0]) for it in _TASK.finditer(text(depends))]


def _way(start: str, needs: dict[str, list[tuple[Node, str]]]) -> tuple[str, ...]:
    """The tasks on a way from one back to itself; empty when there is none."""
    waiting: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while waiting:
        way = waiting.pop()
        for _, other in needs.get(way[-1], ()):
            if other == start:
                return way
            if other not in seen:
                seen.add(other)
                waiting.append((*way, other))
    return ()
