"""An image's name is one that no runtime accepts.

## Why it matters
The API server takes any text; the kubelet does not. The pod ends in `InvalidImageName` on every node, for ever, and the
rollout never ends.

## Five whys
1. Why does the new version not start? `InvalidImageName`.
2. Why? The reference has upper-case letters, a blank, an empty tag or a digest that is too short.
3. Why was it accepted? Nothing parses it before the kubelet.
4. Why is it wrong? A variable of the pipeline was empty: `shop/web:`.

## Fix now
Write a valid reference: lower-case name, `:tag` of letters, digits, `_.-`, or `@sha256:` with 64 hexadecimal digits.

## Workaround
`kubectl rollout undo deployment/NAME`.

## Prevent
Fail the pipeline on empty variables (`set -u`, `${TAG:?}`).

## Validate
`crane digest REFERENCE` prints a digest.

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
          image: Shop/Web:1.4.2 Beta # finding
        - name: proxy
          image: "shop/proxy:" # finding
        - name: pinned
          image: shop/tool@sha256:abc # finding
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
        - {name: web, image: "shop/web:1.4.2"}
        - {name: proxy, image: "[::1]:5000/shop/proxy:1.0.0"}
        - {name: pinned, image: "shop/tool@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="kubescape:image-not-pinned-to-digest C-0306",
    symptoms=("InvalidImageName", "couldn't parse image (name|reference)", "invalid reference format"),
)
def check(container: Container) -> Iterator[Fail]:
    where = container.where.at("image")
    if where.text and container.image is None:
        yield Fail(where, "no runtime accepts this as the name of an image", expected="repository:tag")
