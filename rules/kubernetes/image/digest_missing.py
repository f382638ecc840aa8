r"""An image is not pinned by its digest.

## Why it matters
A tag can be moved to other content by whoever may push; a digest cannot. With a digest, what was tested is what runs, on
every node and after every restart.

## Five whys
1. Why did the same tag run other code? It was pushed again.
2. Why was that possible? The registry's tags are mutable.
3. Why did the cluster take it? The manifest names the tag only.

## Fix now
`crane digest REPO:TAG` (or `docker buildx imagetools inspect REPO:TAG`) prints the digest; write `REPO:TAG@sha256:...`.

## Workaround
Immutable tags in the registry give most of it.

## Prevent
Let a bot (Renovate: `pinDigests`) write and update digests.

## Validate
`kubectl get pods -o jsonpath='{..image}' | tr ' ' '\n' | grep -v '@sha256'` prints nothing of yours.

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
          image: shop/web:1.4.2 # finding
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
          image: shop/web:1.4.2@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
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
    severity=Severity.INFO,
    aliases="CKV_K8S_43 kubescape:image-not-pinned-to-digest C-0306",
)
def check(container: Container) -> Iterator[Fail]:
    image = container.image
    if image is not None and not image.digest:
        yield Fail(container.where.at("image"), "the image is not pinned by its digest", expected="@sha256:...")
