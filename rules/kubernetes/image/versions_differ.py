r"""Containers of one pod use different versions of one image.

## Why it matters
An init container or sidecar that uses the application's own image (migrations, workers) is meant to be of the same version.
When only one of the two lines is updated, migrations of the old version run before the new application, or a worker reads
what it does not know.

## Five whys
1. Why did the new version fail on a missing column? The migration did not run.
2. Why not? The init container is of the old version.
3. Why? The pipeline set the tag of the application's container only.

## Fix now
Set the same tag on both, from one variable (`images:` in a kustomization, one value in a chart).

## Workaround
`kubectl set image deployment/NAME '*=shop/web:1.4.2'` sets all containers.

## Prevent
One place for the tag.

## Validate
`kubectl get pod POD -o jsonpath='{..image}' | tr ' ' '\n' | sort -u` prints one line for the image.

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
        - name: migrate
          image: shop/web:1.4.1 # finding
      containers:
        - {name: web, image: "shop/web:1.4.2"}
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
      initContainers:
        - {name: migrate, image: "shop/web:1.4.2"}
      containers:
        - {name: web, image: "shop/web:1.4.2"}
        - {name: proxy, image: "shop/proxy:2.0.1"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(pod: Pod) -> Iterator[Fail]:
    main = {it.image.full_repository: it for it in reversed(pod.running) if it.image is not None}
    for container in pod.containers:
        image = container.image
        other = main.get(image.full_repository) if image is not None else None
        if image is None or other is None or other.image is None or other is container:
            continue
        if (image.tag, image.digest) != (other.image.tag, other.image.digest):
            where = container.where.at("image")
            message = f"the container {container.name} uses another version of the image than {other.name}"
            yield Fail(where, message, related=(other.where.at("image"),))
