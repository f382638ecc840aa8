"""Pods fail the Pod Security level that their namespace warns about.

## Why it matters
The namespace says by its `warn` or `audit` label which level its pods should satisfy. Nothing refuses them yet; the day
`enforce` follows, these workloads stop getting pods.

## Five whys
1. Why did the service lose its pods on the day of the switch? They fail the level that is enforced now.
2. Why was that not known? The warnings of `kubectl apply` went to the log of a pipeline.
3. Why does the template fail? It was written before the level was asked for.

## Fix now
Set the fields that the finding names on the pod template.

## Workaround
An exemption for the one workload: a namespace of its own with a lower level.

## Prevent
`auditor scan` before merging says the same as the warning, with lines.

## Validate
`kubectl -n NS apply --dry-run=server -f FILE` prints no warning.

## Bad
```yaml
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {pod-security.kubernetes.io/warn: baseline}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          securityContext: {privileged: true} # finding
```

## Good
```yaml
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {pod-security.kubernetes.io/audit: baseline, pod-security.kubernetes.io/enforce: privileged}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "shop/web:1.4.2"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.pod_standard import demand, namespace_object, place_of
from auditor.views.kubernetes.workload import KINDS
from auditor.views.pod_security import Level, assess


@rule(target=KINDS, each=pods, severity=Severity.MEDIUM)
def check(pod: Pod, graph: Graph) -> Iterator[Fail]:
    namespace = namespace_object(pod, graph)
    if namespace is None:
        return
    enforced = demand(namespace, "enforce")
    if enforced and not assess(pod, enforced.level, enforced.version).passed:
        return  # which is worse, and another finding
    asked = [it for mode in ("warn", "audit") if (it := demand(namespace, mode))]
    strictest_asked = max(asked, key=lambda it: (it.level == Level.RESTRICTED, it.version), default=None)
    if strictest_asked is None:
        return
    level = strictest_asked.level
    found = assess(pod, level, strictest_asked.version)
    if not found.passed:
        where = [strictest_asked.where, *(violation.where for violation in found.violations)]
        message = f"the pods fail the level {level}, which the namespace warns about or audits: {', '.join(found.controls)}"
        actual = f"{len(found.controls)} controls fail"
        yield Fail(place_of(pod, where[1]), message, expected=f"what {level} allows", actual=actual, related=tuple(where))
