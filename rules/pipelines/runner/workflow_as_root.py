"""An Argo workflow's containers may run as root.

## Why it matters
A process that runs as root in a container needs only one hole in the runtime or one mounted folder to be root on the node.

## Five whys
1. Why could a step write to the node? Its process was root.
2. Why? The image runs as root, and nothing forbids it.
3. Why does nothing forbid it? Neither the workflow nor its templates say `runAsNonRoot`.
4. Why not? It works without.
5. Why is it a danger in workflows? Their steps run images and code of many people.

## Fix now
Set `spec.securityContext: {runAsNonRoot: true, runAsUser: 8737}`; images that need root to install something get it at build time.

## Workaround
Set it at the templates that can.

## Prevent
Enforce Pod Security `restricted` in the namespace of workflows.

## Validate
`kubectl exec POD -- id -u` prints no 0.

## Bad
```yaml workflow.yaml
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  name: hello
spec:
  entrypoint: hello # finding
  serviceAccountName: hello
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
  securityContext:
    runAsNonRoot: true
    runAsUser: 8737
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
from auditor.views.pipeline.reading import field, items
from auditor.views.pipeline.runners import workflow_spec


@rule(
    target="Workflow WorkflowTemplate ClusterWorkflowTemplate CronWorkflow",
    each=pipelines,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_ARGO_2",
)
def check(pipeline: Pipeline) -> Iterator[Fail]:
    spec = workflow_spec(pipeline.resource)
    if pipeline.platform is not Platform.ARGO or spec.at("securityContext.runAsNonRoot").value is True:
        return
    for template in items(spec.at("templates")):
        containers = [field(template, key) for key in ("container", "script") if field(template, key).present]
        whole = field(template, "securityContext").at("runAsNonRoot").value is True
        if any(not whole and container.at("securityContext.runAsNonRoot").value is not True for container in containers):
            yield Fail(spec.at("securityContext"), "containers of the workflow may run as root", "runAsNonRoot: true")
            return
