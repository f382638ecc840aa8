"""The pull policy of an image is left to its tag.

## Why it matters
Without `imagePullPolicy` the tag decides, when the object is created: `latest` and no tag mean `Always`, everything else
`IfNotPresent`; and it stays as it was when the tag is changed later by `kubectl set image`.

## Five whys
1. Why is the policy still `Always` with a fixed tag? The Deployment was created with `latest`.
2. Why did it not change with the tag? The default is written once, at creation.

## Fix now
Write `imagePullPolicy`.

## Workaround
None is needed while nothing but the manifest changes the object.

## Prevent
A template for services that always says it.

## Validate
`kubectl get deploy NAME -o jsonpath='{..imagePullPolicy}'` prints what the manifest says.

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
          image: shop/web
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
        - {name: web, image: "shop/web", imagePullPolicy: Always}
        - {name: proxy, image: "shop/proxy:1.0.0"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=containers, severity=Severity.INFO, aliases="polaris:pullPolicyNotAlways")
def check(container: Container) -> Iterator[Fail]:
    where = container.where.at("imagePullPolicy")
    if where.missing and container.image is not None and container.pull_policy == "Always":
        yield Fail(where, "the pull policy is left to the tag", expected="imagePullPolicy: Always", actual="not set, which means Always")
