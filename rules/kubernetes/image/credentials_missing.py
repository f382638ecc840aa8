"""An image of a private registry is pulled without credentials.

## Why it matters
The registry is none that answers everybody, and neither the pod nor its service account names `imagePullSecrets`. Unless the
nodes hold the credentials, the pod ends in `ImagePullBackOff`; often it works only on nodes where the image lies already.

## Five whys
1. Why does the pod start on old nodes only? New ones cannot pull the image.
2. Why not? `401 Unauthorized` from the registry.
3. Why? No `imagePullSecrets` on the pod or its service account.
4. Why did old nodes have it? They were logged in by hand.

## Fix now
`kubectl create secret docker-registry regcred --docker-server=HOST ...`, and `imagePullSecrets: [{name: regcred}]` on the
service account.

## Workaround
A credential provider plugin of the kubelet for the registry.

## Prevent
Give credentials to the service account that a namespace's pods use, when the namespace is made.

## Validate
`kubectl run probe --image=REFERENCE --restart=Never` in the namespace reaches `Running`.

## Bad
```yaml
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: web
      containers:
        - name: web
          image: harbor.shop.internal/shop/web:1.4.2 # finding
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
      imagePullSecrets: [{name: regcred}]
      containers:
        - {name: web, image: "harbor.shop.internal/shop/web:1.4.2"}
```

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
        - {name: web, image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1.4.2"}
        - {name: proxy, image: "nginx:1.27.1"}
```

```yaml
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
imagePullSecrets: [{name: regcred}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: web
      containers:
        - {name: web, image: "harbor.shop.internal/shop/web:1.4.2"}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.decide import undecided
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.rbac import service_account
from auditor.views.kubernetes.workload import KINDS

_PRIVATE = re.compile(
    r".+\.(?:internal|local|lan|corp|intern|home\.arpa)(?::\d+)?"
    r"|(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+(?::\d+)?"
)


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    symptoms=("ImagePullBackOff", "401 Unauthorized", "pull access denied"),
)
def check(container: Container) -> Iterator[Fail]:
    image, pod = container.image, container.pod
    if image is None or not _PRIVATE.fullmatch(image.host) or list(pod.where.each("imagePullSecrets")):
        return
    accounts = service_account(pod).targets
    if not accounts:
        raise undecided(pod.where, f"the service account {pod.service_account} is not here, and may hold the credentials")
    if not any(list(account.each("imagePullSecrets")) for account in accounts):
        yield Fail(container.where.at("image"), f"the image is pulled from {image.host} without credentials", expected="imagePullSecrets")
