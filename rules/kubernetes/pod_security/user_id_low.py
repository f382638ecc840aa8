"""A container runs with a user id that the node may use too.

## Why it matters
User ids below 10,000 are those of the node's own accounts. With a runtime flaw or a host mount, a process of user 1000 in the
container has the rights of the node's user 1000. How much that is worth depends on who has accounts there; on most managed
nodes nobody has.

## Five whys
1. Why could the container read a file of the node's user? It had the same number.
2. Why? The image says `USER 1000`, and so does the node.

## Fix now
`runAsUser: 10001` (and `runAsGroup`, `fsGroup`) on the pod.

## Workaround
`hostUsers: false` gives the pod user ids of its own, whatever their numbers.

## Prevent
Build images with a user above 10,000.

## Validate
`kubectl exec POD -- id -u` prints more than 10000.

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
        - name: web
          image: shop/web:1.4.2
          securityContext: {runAsUser: 1000} # finding
        - name: proxy # finding
          image: shop/proxy:1.0.0
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
      securityContext: {runAsUser: 10001}
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


@rule(target=KINDS, each=containers, severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="CKV_K8S_40 KSV-0020 AVD-KSV-0020")
def check(container: Container) -> Iterator[Fail]:
    where = container.security("runAsUser")
    number = where.number
    if has_own_users(container.pod) or container.pod.windows or (number is not None and number > 10_000):
        return
    own = container.own_security("runAsUser")
    message = "the container runs with a user id that the node may use too"
    yield Fail(where if where.present else own, message, expected="above 10000", actual="not set: the image's" if number is None else "")
