"""Pods name credentials for their registry that are not there.

## Why it matters
A missing pull secret is only a warning: the kubelet pulls without it. A public image comes all the same; a private one ends in
`ImagePullBackOff`, at the latest on the first node that has no copy of the image yet.

## Five whys
1. Why do pods on new nodes not start? `pull access denied`.
2. Why? The kubelet had no credentials: the Secret that the pods name does not exist.
3. Why did it work so far? The old nodes had the image.

## Fix now
`kubectl create secret docker-registry registry --docker-server=... --docker-username=... --docker-password=... -n NAMESPACE`, or correct
the name.

## Workaround
Patch the ServiceAccount with one that exists: `kubectl patch serviceaccount default -p '{"imagePullSecrets":[{"name":"registry"}]}'`.

## Prevent
Make pull secrets with the namespace (a ClusterExternalSecret), or give the nodes access to the registry.

## Validate
`kubectl get secret registry -n NAMESPACE -o jsonpath='{.type}'` prints `kubernetes.io/dockerconfigjson`.

## Bad
```yaml
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
imagePullSecrets:
  - name: regcred # finding
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      imagePullSecrets:
        - name: regcreds # finding
      containers: [{name: web, image: "registry.example.org/web:1.4.2"}]
---
apiVersion: v1
kind: Secret
metadata: {name: registry}
type: kubernetes.io/dockerconfigjson
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  imagePullSecrets: [{name: registry}]
  containers: [{name: web, image: "registry.example.org/web:1.4.2"}]
---
apiVersion: v1
kind: Secret
metadata: {name: registry}
type: kubernetes.io/dockerconfigjson
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.secret_use import SecretUse, look_up_secret, uses
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=f"ServiceAccount {KINDS}",
    each=uses,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=[r"Unable to retrieve some image pull secrets", r"pull access denied", r"ImagePullBackOff"],
)
def check(use: SecretUse, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found = look_up_secret(use, resource, graph).decided(resource)
    if found.missing:
        yield Fail(use.where, f"images are pulled with {found.says(f'the Secret {use.name}')}", "a Secret that exists", use.name)
