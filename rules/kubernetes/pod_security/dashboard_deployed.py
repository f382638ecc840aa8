"""The Kubernetes dashboard is deployed.

## Why it matters
The dashboard holds a service account that reads and changes what its users do, and has been the way into several clusters
when it was published without login. The project is archived; nothing is repaired any more.

## Five whys
1. Why did strangers run pods in the cluster? They used its dashboard.
2. Why could they? It was published by a load balancer, with `skip login`.
3. Why was it there? It came with the installer.

## Fix now
`helm uninstall kubernetes-dashboard` or `kubectl delete ns kubernetes-dashboard`, and its ClusterRoleBinding.

## Workaround
`kubectl port-forward` as the only way to it, and a service account without rights.

## Prevent
Use a client on the desk (with the user's own credentials) instead of a server in the cluster.

## Validate
`kubectl get pods -A -l k8s-app=kubernetes-dashboard` prints nothing.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: kubernetes-dashboard, namespace: kubernetes-dashboard}
spec:
  selector: {matchLabels: {app: kubernetes-dashboard}}
  template:
    metadata: {labels: {app: kubernetes-dashboard}}
    spec:
      containers:
        - name: dashboard
          image: kubernetesui/dashboard:v2.7.0 # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: grafana}
spec:
  selector: {matchLabels: {app: grafana}}
  template:
    metadata: {labels: {app: grafana}}
    spec:
      containers:
        - {name: grafana, image: "grafana/grafana:11.1.0"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Resource, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS

_IMAGES = ("kubernetesui/dashboard", "kubernetes-dashboard-amd64", "kubernetes-dashboard")
_MESSAGE = "the Kubernetes dashboard, an archived project, is deployed"


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_K8S_33 kubescape:rule-access-dashboard-wl-v1 C-0047",
)
def check(pod: Pod, resource: Resource) -> Iterator[Fail]:
    for container in pod.containers:
        if container.image is not None and any(f"/{container.image.repository}".endswith(f"/{name}") for name in _IMAGES):
            yield Fail(container.where.at("image"), _MESSAGE)
            return
    for labels in (resource.at("metadata.labels"), pod.template.at("metadata.labels")):
        for key in ("k8s-app", "app", "app.kubernetes.io/name"):
            where = labels.at(f'["{key}"]')
            if where.text == "kubernetes-dashboard":
                yield Fail(where, _MESSAGE)
                return
