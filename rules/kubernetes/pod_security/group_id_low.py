"""A container runs with a group id that the node may use too.

## Why it matters
The group of a process decides over files as its user does. A group below 10,000, or the image's own (often 0), may be one
that files of the node belong to.

## Five whys
1. Why could the container read a group's file on the node? It had the same group number.
2. Why? No `runAsGroup` is set, and the image's group is 0.

## Fix now
`runAsGroup: 10001` on the pod's `securityContext`.

## Workaround
`hostUsers: false`.

## Prevent
Build images with a user and group above 10,000.

## Validate
`kubectl exec POD -- id -g` prints more than 10000.

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
      securityContext: {runAsGroup: 10001}
      containers:
        - {name: web, image: "shop/web:1.4.2"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.security_standard import has_own_users
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=containers, severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="KSV-0021 AVD-KSV-0021")
def check(container: Container) -> Iterator[Fail]:
    where = container.security("runAsGroup")
    number = where.number
    if has_own_users(container.pod) or container.pod.windows or (number is not None and number > 10_000):
        return
    own = container.own_security("runAsGroup")
    message = "the container runs with a group id that the node may use too"
    yield Fail(where if where.present else own, message, expected="above 10000", actual="not set: the image's" if number is None else "")
