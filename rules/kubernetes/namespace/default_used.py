"""An object is put into the namespace default.

## Why it matters
`default` is where everything lands that nobody placed: no quota, no policy and no owner fits all of it, so it has none. A
`kubectl delete` or a label meant for one application hits its neighbours.

## Five whys
1. Why did a network policy cut off two other services? They share the namespace.
2. Why? All three were put into `default`.
3. Why? It is there, and needs no decision.

## Fix now
Make a namespace for the application, change `metadata.namespace`, apply, move traffic, and delete the old objects. Claims and
Secrets must be copied; a PersistentVolumeClaim keeps its data only if its volume is bound again.

## Workaround
Label what belongs together (`app.kubernetes.io/part-of`) and select by that.

## Prevent
`kubectl create quota none --hard=pods=0 -n default` refuses new pods there.

## Validate
`kubectl get all -n default` shows only `service/kubernetes`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: default # finding
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "shop/web:1.4.2"}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "shop/web:1.4.2"}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: default, namespace: default}
automountServiceAccountToken: false
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.placement import NAMESPACED, is_given


@rule(
    target=NAMESPACED,
    severity=Severity.LOW,
    aliases="CKV_K8S_21 KSV-0110 AVD-KSV-0110 FG_R00497 kube-linter:use-namespace kubescape:pods-in-default-namespace C-0061 C-0212"
    " kubescape:configmap-in-default-namespace kubescape:csistoragecapacity-in-default-namespace"
    " kubescape:endpoints-in-default-namespace kubescape:endpointslice-in-default-namespace"
    " kubescape:horizontalpodautoscaler-in-default-namespace kubescape:ingress-in-default-namespace"
    " kubescape:lease-in-default-namespace kubescape:persistentvolumeclaim-in-default-namespace"
    " kubescape:poddisruptionbudget-in-default-namespace kubescape:podtemplate-in-default-namespace"
    " kubescape:replicationcontroller-in-default-namespace kubescape:role-in-default-namespace"
    " kubescape:rolebinding-in-default-namespace kubescape:service-in-default-namespace"
    " kubescape:serviceaccount-in-default-namespace kubescape:resources-secret-in-default-namespace",
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    where = body.at("metadata.namespace")
    if where.text == "default" and not is_given(resource):
        yield Fail(where, "the object is put into the namespace default", expected="a namespace of its own")
