"""A pod stands alone, without a controller that would make it again.

## Why it matters
When its node fails or is drained, the pod is gone for ever: nothing makes a new one. It cannot be scaled or updated, and `kubectl drain`
refuses to go on without `--force`.

## Five whys
1. Why did the service not come back after the node failed? Its pod was not made again.
2. Why not? No Deployment, StatefulSet or Job owns it.
3. Why was it made as a pod? It began as an example, applied by hand.

## Fix now
Make it a Deployment: put the pod's `metadata.labels` and `spec` under `spec.template`, add `spec.selector`, apply, then `kubectl delete
pod NAME`.

## Workaround
Apply the manifest again after a failure: `kubectl apply -f pod.yaml`.

## Prevent
Deployments for what serves, Jobs for what ends; a policy that refuses pods without an owner in the namespaces of applications.

## Validate
`kubectl get pod NAME -o jsonpath='{.metadata.ownerReferences[0].kind}'` prints `ReplicaSet`.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web} # finding
spec:
  containers: [{name: web, image: "shop/web:1.4.2"}]
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: test, annotations: {helm.sh/hook: test}}
spec:
  restartPolicy: Never
  containers: [{name: test, image: "shop/test:1.4.2"}]
---
apiVersion: v1
kind: Pod
metadata:
  name: web-7c9d
  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-7c, uid: "1"}]
spec:
  containers: [{name: web, image: "shop/web:1.4.2"}]
---
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  hostNetwork: true
  priorityClassName: system-node-critical
  containers: [{name: kube-apiserver, image: "registry.k8s.io/kube-apiserver:v1.31.0"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.component import components
from auditor.views.kubernetes.owner import is_owned


@rule(
    target="Pod",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="kubescape:naked-pods C-0073",
    symptoms=["cannot delete Pods (not managed by|that declare no controller)"],
)
def check(pod: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    annotations = pod.at("metadata.annotations")
    critical = pod.at("spec.priorityClassName").text in ("system-node-critical", "system-cluster-critical")
    static = (critical and pod.at("spec.hostNetwork").flag) or components(resource, graph)  # the kubelet makes it from a file
    hooked = any(key.startswith(("helm.sh/hook", "argocd.argoproj.io/hook", "kubernetes.io/config.")) for key, _ in annotations.entries())
    if static or hooked or is_owned(resource) or pod.at("spec.restartPolicy").text == "Never":
        return
    yield Fail(pod.at("metadata"), "nothing makes this pod again when its node is gone", expected="a Deployment, a StatefulSet or a Job")
