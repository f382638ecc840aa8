r"""An image that changes under its tag is never pulled again.

## Why it matters
The tag is `latest` (or there is none), but `imagePullPolicy: IfNotPresent` keeps what each node once pulled. A deployment
then changes nothing on old nodes and everything on new ones: replicas of one Deployment run different code.

## Five whys
1. Why do two replicas answer differently? They run different images under one name.
2. Why? One node pulled `latest` in March, the other today.
3. Why did the first not pull again? The policy is `IfNotPresent`.
4. Why? It was set to save pulls from a registry with a limit.

## Fix now
Name a version; then `IfNotPresent` is right.

## Workaround
`imagePullPolicy: Always` and `kubectl rollout restart deployment/NAME`.

## Prevent
Make `latest` unusable in the registry.

## Validate
`kubectl get pods -l app=NAME -o jsonpath='{..imageID}' | tr ' ' '\n' | sort -u` prints one line.

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
          image: shop/web:latest
          imagePullPolicy: IfNotPresent # finding
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
        - {name: proxy, image: "shop/proxy:latest"}
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
    aliases="kubescape:image-pull-policy-is-not-set-to-always C-0075",
)
def check(container: Container) -> Iterator[Fail]:
    where = container.where.at("imagePullPolicy")
    image = container.image
    if image is not None and image.effective_tag == "latest" and not image.digest and where.text in ("IfNotPresent", "Never"):
        yield Fail(where, "the image changes under its tag, but is never pulled again", expected="a fixed tag, or Always")
