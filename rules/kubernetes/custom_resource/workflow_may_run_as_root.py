"""The pods of an Argo workflow may run as root.

## Why it matters
Workflows run what others wrote: builds, notebooks, tools from the internet. As root in the container such a step is one
kernel flaw or one mounted socket away from the node.

## Five whys
1. Why could a build step write to the node? It was root, and a host path was mounted.
2. Why was it root? The image's user is root, and nothing forbids it.
3. Why not? Neither the workflow nor the template sets `runAsNonRoot`.

## Fix now
`spec.securityContext: {runAsNonRoot: true, runAsUser: 8737}`; it holds for all pods of the workflow. Images that need root
fail with `container has runAsNonRoot and image will run as root`: give those a user, or move them to their own workflow.

## Workaround
`securityContext` on the one template whose code is least trusted.

## Prevent
`workflowDefaults.spec.securityContext` in the controller's ConfigMap, and Pod Security `restricted` on the namespace.

## Validate
`kubectl get pods -l workflows.argoproj.io/workflow -o jsonpath='{..runAsNonRoot}'` says true for each.

## Bad
```yaml
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  entrypoint: hello # finding
  templates:
    - name: hello
      container: {image: "shop/hello:1", command: [hello]}
```

```yaml
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  securityContext:
    runAsNonRoot: false # finding
  entrypoint: hello
  templates:
    - name: hello
      container: {image: "shop/hello:1", command: [hello]}
```

## Good
```yaml
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  securityContext: {runAsNonRoot: true, runAsUser: 8737}
  entrypoint: hello
  templates:
    - name: hello
      container: {image: "shop/hello:1", command: [hello]}
```

```yaml
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  securityContext: {runAsUser: 8737}
  entrypoint: hello
  templates:
    - name: hello
      container: {image: "shop/hello:1", command: [hello]}
```

```yaml
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  entrypoint: hello
  templates:
    - name: hello
      securityContext: {runAsNonRoot: true}
      container: {image: "shop/hello:1"}
    - name: main
      steps: [[{name: a, template: hello}]]
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.delivery import is_argo

_SPECS = {"CronWorkflow": "spec.workflowSpec"}


_PODS = ("container", "script", "containerSet", "resource", "data", "http")


@rule(
    target="Workflow WorkflowTemplate ClusterWorkflowTemplate CronWorkflow",
    severity=Severity.MEDIUM,
    facets=[Facet.WRITTEN],
    aliases="CKV_ARGO_2",
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    spec = body.at(_SPECS.get(resource.kind, "spec"))
    if not is_argo(resource) or spec.at("workflowTemplateRef").present or _is_confined(spec.at("securityContext")):
        return
    makers = [template for template in spec.each("templates") if any(template.at(kind).present for kind in _PODS)]
    if not makers or not all(_confines(template) for template in makers):
        yield Fail(spec.at("securityContext.runAsNonRoot"), "its pods may run as root", expected="runAsNonRoot: true", actual="")


def _confines(template: Node) -> bool:
    """Whether the pods of a template are kept from root, by the template or by its container."""
    return any(_is_confined(template.at(path)) for path in ("securityContext", "container.securityContext", "script.securityContext"))


def _is_confined(context: Node) -> bool:
    return context.at("runAsNonRoot").flag is True or (context.at("runAsUser").number or 0) > 0
