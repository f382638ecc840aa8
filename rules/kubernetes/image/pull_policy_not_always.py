"""A node may run an image that it pulled long ago.

## Why it matters
Unless the policy is `Always`, a node that has an image of that name starts it without asking the registry: the content may
have changed under the tag, and whoever is on the node can use images that they have no credentials for. With digests or
immutable tags this does not matter, and `Always` costs a request per start.

## Five whys
1. Why did one node run the old build? It had the tag already.
2. Why did it not ask? The policy is `IfNotPresent`.
3. Why? That is the default for a tag other than `latest`.

## Fix now
Pin a digest; or `imagePullPolicy: Always`.

## Workaround
The admission plugin `AlwaysPullImages` sets it for every pod of the cluster.

## Prevent
Immutable tags in the registry.

## Validate
`kubectl get pod POD -o jsonpath='{.spec.containers[*].imagePullPolicy}'` prints `Always`.

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
        - name: proxy
          image: shop/proxy:1.0.0
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
        - {name: web, image: "shop/web:1.4.2", imagePullPolicy: Always}
        - {name: proxy, image: "shop/proxy:latest"}
        - {name: pinned, image: "shop/tool@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}
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
    aliases="CKV_K8S_15 polaris:pullPolicyNotAlways kube-score:container-image-pull-policy",
)
def check(container: Container) -> Iterator[Fail]:
    where = container.where.at("imagePullPolicy")
    if container.image is None or (container.image.digest and where.missing) or container.pull_policy == "Always":
        return
    message = "a node may run an image of this name that it pulled long ago"
    yield Fail(where, message, expected="Always", actual="not set, which means IfNotPresent")
