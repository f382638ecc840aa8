"""An image is never pulled: it must lie on the node already.

## Why it matters
`imagePullPolicy: Never` works on the one node, or the laptop, where somebody loaded the image. Everywhere else the pod ends
in `ErrImageNeverPull`; the autoscaler's new node is the usual place.

## Five whys
1. Why are the new pods in `ErrImageNeverPull`? Their node does not have the image.
2. Why not? It joined an hour ago.
3. Why is it not pulled? The policy is `Never`.
4. Why? The manifest was made for a local cluster (`kind load docker-image`).

## Fix now
`imagePullPolicy: IfNotPresent` and an image that a registry serves.

## Workaround
Load the image on the node (`ctr -n k8s.io images import FILE`) and `kubectl cordon` the others.

## Prevent
Keep what is for laptops in an overlay of its own.

## Validate
`kubectl describe pod POD` shows `Successfully pulled image` or `already present`.

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
          imagePullPolicy: Never # finding
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
        - {name: web, image: "shop/web:1.4.2", imagePullPolicy: IfNotPresent}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.MEDIUM,
    symptoms=("ErrImageNeverPull", "is not present with pull policy of Never"),
)
def check(container: Container) -> Iterator[Fail]:
    where = container.where.at("imagePullPolicy")
    if where.text == "Never":
        yield Fail(where, "the image is never pulled: every node must have it already", expected="IfNotPresent")
