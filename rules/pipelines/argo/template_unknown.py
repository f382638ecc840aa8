"""A workflow starts a template that it does not declare.

## Why it matters
Argo refuses the workflow when it is submitted: *template name 'x' undefined*, or *entrypoint not found*. A CronWorkflow is stored all the
same and fails each time that it is due.

## Five whys
1. Why has the nightly workflow not run? Argo refused it.
2. Why? It names a template that it does not have.
3. Why? The template was renamed, and the step that uses it was not.

## Fix now
Correct the name, and `argo submit` once to see it run.

## Workaround
`argo submit --entrypoint NAME` with an entrypoint that exists.

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
  entrypoint: man # finding
  templates:
    - name: main
      dag:
        tasks:
          - name: build
            template: biuld # finding
    - name: build
      container: {image: "shop/build:1"}
```

## Good
```yaml
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: shop-}
spec:
  entrypoint: main
  onExit: notify
  templates:
    - name: main
      steps:
        - - name: build
            template: build
        - - name: other
            templateRef: {name: shared, template: other}
    - name: build
      container: {image: "shop/build:1"}
    - name: notify
      container: {image: "shop/notify:1"}
---
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: shared-}
spec:
  entrypoint: main
  workflowTemplateRef: {name: shared}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.github.names import closest
from auditor.views.pipeline.model import given
from auditor.views.pipeline.reading import field, items, text


@rule(
    target="Workflow WorkflowTemplate ClusterWorkflowTemplate CronWorkflow",
    severity=Severity.HIGH,
    symptoms=[r"template name '\S*' undefined", r"entrypoint template .* undefined", r"template \S+ not found"],
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if not text(body.at("apiVersion")).startswith("argoproj.io/"):
        return
    spec = body.at("spec.workflowSpec") if resource.kind == "CronWorkflow" else body.at("spec")
    if given(field(spec, "workflowTemplateRef")):
        return
    templates = items(field(spec, "templates"))
    known = {text(field(it, "name")) for it in templates}
    used = [field(spec, "entrypoint"), field(spec, "onExit")]
    for template in templates:
        used += [field(task, "template") for task in items(field(field(template, "dag"), "tasks"))]
        used += [field(step, "template") for group in items(field(template, "steps")) for step in items(group)]
    for where in used:
        if text(where) and "{{" not in text(where) and text(where) not in known:
            yield Fail(where, f"no template is named {text(where)}", closest(text(where), known) or "a template of the workflow")
