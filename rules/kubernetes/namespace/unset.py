"""An object names no namespace.

## Why it matters
It goes wherever the context of whoever applies it points: mostly `default`, sometimes another team's namespace. Applied twice
from two desks, it exists twice.

## Five whys
1. Why are there two copies of the service? One in `default`, one in `shop`.
2. Why? The manifest names no namespace, and two contexts were used.
3. Why not? Its examples did not.

## Fix now
Write `metadata.namespace`, or set it once for the folder (`namespace:` in a kustomization, `helm install -n`, the destination
in Argo CD).

## Workaround
`kubectl apply -n NS -f FILE` in the pipeline, always.

## Prevent
`kubectl config set-context --current --namespace=none` makes a forgotten namespace fail.

## Validate
`kubectl get -A KIND -o wide | grep NAME` shows it once.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata:
  name: web # finding
spec:
  selector: {app: web}
  ports: [{port: 80}]
```

## Good
```yaml
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: web}
  ports: [{port: 80}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.placement import NAMESPACED, is_given


@rule(
    target=NAMESPACED,
    severity=Severity.INFO,
    facets=[Facet.WRITTEN],
    aliases="CKV_K8S_21 KSV-0110 AVD-KSV-0110 kube-linter:use-namespace kubescape:pods-in-default-namespace C-0061 C-0212"
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
    if where.missing and not is_given(resource):
        yield Fail(where, "the object names no namespace: it goes where whoever applies it says", expected="a namespace")
