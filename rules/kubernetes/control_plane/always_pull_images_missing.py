"""A pod can use a private image that another tenant has pulled to the node.

## Why it matters
Once an image lies on a node, a pod that names it with `imagePullPolicy: IfNotPresent` runs it without any credentials. In a
cluster with tenants that do not trust each other that gives away private images. `AlwaysPullImages` makes the kubelet ask the
registry each time; the price is that pods do not start while the registry is down.

## Five whys
1. Why could team B run team A's private image? It was on the node already.
2. Why did the registry not refuse? Nobody asked it: the pull policy was IfNotPresent.
3. Why was that allowed? The admission plugin that forces a pull is not on.

## Fix now
Where tenants share nodes: add `AlwaysPullImages` to `--enable-admission-plugins`, with a registry (or pull-through cache) as
available as the cluster itself. Where they do not, accept the finding with a reason.

## Workaround
Separate the tenants by node pools, or switch on the kubelet's own check (`imagePullCredentialsVerificationPolicy`, Kubernetes
1.35).

## Prevent
Decide it once for each cluster, and write it down with the tenancy model.

## Validate
A pod with `imagePullPolicy: Never` is stored with `Always`: `kubectl get pod P -o
jsonpath='{.spec.containers[0].imagePullPolicy}'`.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --enable-admission-plugins=NodeRestriction # finding
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --enable-admission-plugins=NodeRestriction,AlwaysPullImages
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.INFO,
    aliases="CKV_K8S_80 KCV-0012 AVD-KCV-0012 ensure-that-the-admission-control-plugin-AlwaysPullImages-is-set CIS-1.2.11",
)
def check(server: component.Component) -> Iterator[Fail]:
    plugins = server.flag("enable-admission-plugins")
    if plugins is None or "AlwaysPullImages" not in plugins.values:
        yield Fail(
            server.place("enable-admission-plugins"),
            "images on a node can be used without credentials",
            expected="AlwaysPullImages among --enable-admission-plugins",
            actual=server.shown("enable-admission-plugins"),
        )
