"""Pods name their ServiceAccount in a deprecated field.

## Why it matters
`serviceAccount` is an old spelling of `serviceAccountName`, kept for reading only. Policies, scanners and people look at the new field
and take the pods for running as `default`; when both stand there, the new one counts and the old one misleads.

## Five whys
1. Why did the review miss the rights of these pods? It looked at `serviceAccountName`.
2. Why is it empty? The manifest uses the field of 2015.

## Fix now
Rename the field to `serviceAccountName`; the pods stay the same.

## Workaround
None is needed: the API server still reads the old field.

## Prevent
`kubectl apply --server-side --dry-run=server` prints a warning for deprecated fields.

## Validate
`kubectl get deploy NAME -o jsonpath='{.spec.template.spec.serviceAccountName}'` prints the name.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  serviceAccount: web # finding
  containers: [{name: web, image: "shop/web:1.4.2"}]
```

## Good
The API server writes both into what it returns.

```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {serviceAccountName: web, containers: [{name: web, image: "shop/web:1.4.2"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: exported}
spec: {serviceAccount: web, serviceAccountName: web, containers: [{name: web, image: "shop/web:1.4.2"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.INFO,
    aliases="kube-linter:deprecated-service-account-field kubescape:deprecated-service-account-field C-0294",
)
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    old = pod.where.at("serviceAccount")
    if old.text and old.text != pod.where.at("serviceAccountName").text:
        yield Fail(old, "serviceAccount is the old name of serviceAccountName", "serviceAccountName", old.text)
