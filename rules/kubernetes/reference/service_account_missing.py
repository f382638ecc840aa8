"""Pods run as a ServiceAccount that is not there.

## Why it matters
The API server refuses every pod (`serviceaccount "web" not found`): the Deployment is accepted and stays at 0 of 3, with nothing but an
event at its ReplicaSet. Pods that run already go on until they are replaced, so it shows at the next rollout or the next lost node.

## Five whys
1. Why are there no pods? Creating them is forbidden: `error looking up service account shop/web`.
2. Why? No ServiceAccount of that name is in the namespace.
3. Why not? It is called `web-app` there; or it was made by a chart that is installed in another namespace.

## Fix now
`kubectl create serviceaccount web -n NAMESPACE` (without its bindings the application may lack rights), or correct `serviceAccountName`.
The ReplicaSet tries again by itself within minutes; `kubectl rollout restart` is quicker.

## Workaround
`kubectl rollout undo deployment/NAME`.

## Prevent
Keep the ServiceAccount next to the workload and give both one name in the template.

## Validate
`kubectl get serviceaccount web -n NAMESPACE`, and `kubectl get events -n NAMESPACE --field-selector reason=FailedCreate` shows nothing new.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: web # finding
      containers: [{name: web, image: "shop/web:1.4.2"}]
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web-app, namespace: shop}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web, namespace: other}
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
    spec: {serviceAccountName: web-app, containers: [{name: web, image: "shop/web:1.4.2"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: plain}
spec: {serviceAccountName: default, containers: [{name: web, image: "shop/web:1.4.2"}]}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web-app}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.rbac import service_account
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="kube-linter:non-existent-service-account kubescape:non-existent-service-account C-0307",
    symptoms=[r"error looking up service account", r'serviceaccount "[^"]+" not found'],
)
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found = service_account(pod).decided(resource)
    if found.missing:
        node = pod.where.at("serviceAccountName")
        where = node if node.present else pod.where.at("serviceAccount")
        name = pod.service_account
        yield Fail(where, f"the pods run as {found.says(f'the ServiceAccount {name}')}", "a ServiceAccount that exists", name)
