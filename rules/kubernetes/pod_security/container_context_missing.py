"""A container has no security context of its own.

## Why it matters
The pod's context covers user, group and profiles; escalation, capabilities, a read-only image and privileges can only be set
on the container. Without a context of its own they have their defaults, whatever the pod says.

## Five whys
1. Why could the process use `sudo`, though the pod has a security context? `allowPrivilegeEscalation` cannot be set there.
2. Why is it not set on the container? The container has no context.

## Fix now
Add `securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}` to the container.

## Workaround
The pod's `runAsNonRoot` limits what can be gained meanwhile.

## Prevent
Both contexts in the template of services.

## Validate
`kubectl get pod POD -o jsonpath='{.spec.containers[*].securityContext}'` prints one for each container.

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
      securityContext: {runAsNonRoot: true}
      containers:
        - name: web # finding
          image: shop/web:1.4.2
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
      containers:
        - name: web
          image: shop/web:1.4.2
          securityContext: {allowPrivilegeEscalation: false}
        - {name: bare, image: "shop/bare:1.0.0"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=containers, severity=Severity.INFO, aliases="CKV_K8S_30")
def check(container: Container) -> Iterator[Fail]:
    own, whole = container.where.at("securityContext"), container.pod.where.at("securityContext")
    if own.missing and whole.present and whole.value:
        yield Fail(own, "the container has no security context of its own, and the pod's covers only a part")
