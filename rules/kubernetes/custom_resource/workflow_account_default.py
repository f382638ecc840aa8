"""An Argo workflow runs as the default service account of its namespace.

## Why it matters
The pods of a workflow report their results through the API, so that the account that they run as needs rights. Rights on
`default` are rights of every pod of the namespace that names no account: the web application next to the workflow may then
patch workflows and read their artifacts.

## Five whys
1. Why could the web application start workflows? Its service account may.
2. Why? It runs as `default`, which was given the rights of the executor.
3. Why `default`? The workflow names no account, and that was the one that needed the rights.

## Fix now
A service account with a Role for `workflowtaskresults` (create, patch), then `spec.serviceAccountName: workflow`; for all
workflows of the controller `workflowDefaults.spec.serviceAccountName`.

## Workaround
`argo submit --serviceaccount workflow FILE`.

## Prevent
Set `workflowDefaults` in the controller's ConfigMap, and take the bindings off `default`.

## Validate
`kubectl get pods -l workflows.argoproj.io/workflow -o jsonpath='{..serviceAccountName}'` never says default.

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
  serviceAccountName: default # finding
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
  serviceAccountName: hello
  entrypoint: hello
  templates:
    - name: hello
      container: {image: "shop/hello:1", command: [hello]}
```

```yaml
apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {generateName: hello-}
spec:
  schedule: "0 4 * * *"
  workflowSpec: {serviceAccountName: hello, entrypoint: hello}
```

```yaml
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  workflowTemplateRef: {name: hello}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.delivery import is_argo

_SPECS = {"CronWorkflow": "spec.workflowSpec"}


@rule(
    target="Workflow WorkflowTemplate ClusterWorkflowTemplate CronWorkflow",
    severity=Severity.LOW,
    facets=[Facet.WRITTEN],
    aliases="CKV_ARGO_1",
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    spec = body.at(_SPECS.get(resource.kind, "spec"))
    if not is_argo(resource) or spec.at("workflowTemplateRef").present:
        return
    account = spec.at("serviceAccountName")
    if (account.text or "default") == "default":
        yield Fail(account, "the pods run as the default service account", expected="an account of its own", actual="default")
