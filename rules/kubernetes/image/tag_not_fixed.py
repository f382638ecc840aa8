r"""An image has no tag, or the tag latest.

## Why it matters
`latest` (also what no tag means) is another image every time somebody pushes. Two replicas run different code after a node is
replaced, a rollback pulls the broken version again, and nobody can say what ran at 3 a.m.

## Five whys
1. Why did the rollback not help? It started the same broken image.
2. Why? The manifest of both revisions says `shop/web:latest`.
3. Why did yesterday's pod work? It had pulled the image before the push.
4. Why does the manifest not name a version? The pipeline pushes `latest` and restarts.

## Fix now
Find what runs (`kubectl get pod POD -o jsonpath='{.status.containerStatuses[*].imageID}'`) and write that version:
`shop/web:1.4.2`, or its digest.

## Workaround
`kubectl set image deployment/NAME CONTAINER=REPO@sha256:...` pins what runs now.

## Prevent
Tag images with the commit in the pipeline, make the registry's tags immutable.

## Validate
`kubectl get pods -A -o jsonpath='{..image}' | tr ' ' '\n' | grep -vE '@sha256|:[^/]+$|^$'` and `grep ':latest'` print
nothing.

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
      initContainers:
        - name: wait
          image: registry.shop.example:5000/tools/wait # finding
      containers:
        - name: web
          image: shop/web:latest # finding
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
        - {name: web, image: "registry.shop.example:5000/web:1.4.2"}
        - {name: pinned, image: "shop/proxy@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}
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
    aliases="CKV_K8S_14 KSV-0013 AVD-KSV-0013 kube-linter:latest-tag polaris:tagNotSpecified kube-score:container-image-tag",
)
def check(container: Container) -> Iterator[Fail]:
    image = container.image
    if image is None or image.effective_tag != "latest" or image.digest:
        return
    message = "the image has the tag latest" if image.tag else "the image has no tag, which means latest"
    yield Fail(container.where.at("image"), message, expected="a fixed tag or a digest")
