"""A namespace enforces the baseline, but not the restricted level.

## Why it matters
The baseline keeps pods away from the node; it lets them run as root, gain privileges and call every system call. The
restricted level closes that too, for applications that were built for it.

## Five whys
1. Why did the intruder become root in the container? The pod may run as root.
2. Why was it admitted? The namespace enforces `baseline`.
3. Why not `restricted`? Some of its images still run as root.

## Fix now
`kubectl label --dry-run=server --overwrite ns NS pod-security.kubernetes.io/enforce=restricted` names the pods in the way;
fix them, then set it.

## Workaround
`warn: restricted` now, so that new workloads begin right.

## Prevent
New namespaces begin with `restricted`.

## Validate
`kubectl get ns NS -o jsonpath='{.metadata.labels}'` shows `restricted`.

## Bad
```yaml
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    pod-security.kubernetes.io/enforce: baseline # finding
```

## Good
```yaml
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {pod-security.kubernetes.io/enforce: restricted}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.pod_standard import demand
from auditor.views.pod_security import Level


@rule(target="Namespace", severity=Severity.INFO, aliases="kubescape:pod-security-admission-restricted-applied-2 C-0201")
def check(_body: Node, resource: Resource) -> Iterator[Fail]:
    asked = demand(resource, "enforce")
    if asked and asked.level == Level.BASELINE:
        yield Fail(asked.where, "the namespace enforces the baseline, but not the restricted level", expected="restricted")
