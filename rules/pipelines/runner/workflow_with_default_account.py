"""An Argo workflow runs with the default service account.

## Why it matters
The default account is shared by everything in the namespace that names none. What one workload needs of the cluster all others get, and
the workflow's steps with them.

## Five whys
1. Why could a step of a workflow read secrets of the cluster? Its service account may.
2. Why? It runs with the default account, which somebody gave that right for another workload.
3. Why with that one? The workflow names none.
4. Why not? It works without.
5. Why is it a danger? Steps run images and code of many people.

## Fix now
Create a service account for the workflow with the role that Argo's executor needs (`workflowtaskresults` create and patch), and name it
in `spec.serviceAccountName`.

## Workaround
Set a default in the controller (`workflowDefaults`).

## Prevent
Give the default account of namespaces no roles.

## Validate
`kubectl get pod -o jsonpath='{.spec.serviceAccountName}'` prints the account's name.

## Bad
```yaml workflow.yaml
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  name: hello
spec:
  entrypoint: hello # finding
  templates:
    - name: hello
      container:
        image: alpine:3.20
```

## Good
```yaml workflow.yaml
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  name: hello
spec:
  entrypoint: hello
  serviceAccountName: hello
  templates:
    - name: hello
      container:
        image: alpine:3.20
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Pipeline, Platform
from auditor.views.pipeline.runners import workflow_spec


@rule(target="Workflow CronWorkflow", each=pipelines, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_ARGO_1")
def check(pipeline: Pipeline) -> Iterator[Fail]:
    spec = workflow_spec(pipeline.resource)
    if pipeline.platform is not Platform.ARGO or spec.at("workflowTemplateRef").present:
        return
    account = spec.at("serviceAccountName")
    if account.missing or account.value == "default":
        yield Fail(account, "the workflow runs with the default service account", "serviceAccountName")
