"""A security context is written, but says nothing.

## Why it matters
`securityContext: {}` looks like a decision in a review and is none: every field has its default, root and all capabilities of
the runtime among them. Charts leave it behind when their values are empty.

## Five whys
1. Why did the review take the pod for hardened? It has a `securityContext`.
2. Why is the pod not hardened? The context is empty.
3. Why? The chart renders `{}` when no value is given.

## Fix now
Set what the application needs: `{allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}` on containers,
`{runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}` on the pod.

## Workaround
Give the values to the chart: `--set securityContext.runAsNonRoot=true`.

## Prevent
Defaults of charts that satisfy the restricted level.

## Validate
`kubectl get pod POD -o jsonpath='{.spec.containers[*].securityContext}'` prints fields.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      securityContext: {} # finding
      containers:
        - name: web
          image: shop/web:1.4.2
          securityContext: {} # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      securityContext: {runAsNonRoot: true}
      containers:
        - {name: web, image: "shop/web:1.4.2"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.security_standard import contexts
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.INFO, aliases="KSV-0118 AVD-KSV-0118")
def check(pod: Pod) -> Iterator[Fail]:
    for context in contexts(pod):
        if context.value == {}:
            yield Fail(context, "the security context is written, but says nothing", expected="its fields")
