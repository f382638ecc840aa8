r"""The ingress controller is ingress-nginx, which nobody maintains any more.

## Why it matters
The Kubernetes project ended ingress-nginx in March 2026: no releases, no fixes. It stands at the edge, is reachable from the internet and
may read the certificates of all hosts; the next hole in it stays open.

## Five whys
1. Why is the hole from the news open here? There is no version without it.
2. Why not? The project was ended for want of maintainers.
3. Why is it still in use? It was the default of so many guides, and moving needs every team's ingresses.

## Fix now
Plan the move: a Gateway API implementation (`ingress2gateway` translates the objects), or another controller for Ingress (F5 NGINX,
Traefik, HAProxy).

## Workaround
Reduce what it can do: watch single namespaces, no snippets, its webhook closed to pods, a web application firewall in front.

## Prevent
Prefer HTTPRoute for new applications; keep annotations of one controller out of manifests.

## Validate
`kubectl get pods -A -o jsonpath='{..image}' | tr ' ' '\n' | grep -c ingress-nginx/controller` prints 0.

## Bad
```yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: ingress-nginx-controller, namespace: ingress-nginx}
spec:
  selector: {matchLabels: {app: ingress-nginx}}
  template:
    metadata: {labels: {app: ingress-nginx}}
    spec:
      containers:
        - name: controller
          image: registry.k8s.io/ingress-nginx/controller:v1.13.0 # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: gateway, namespace: edge}
spec:
  selector: {matchLabels: {app: gateway}}
  template:
    metadata: {labels: {app: gateway}}
    spec:
      containers:
        - {name: traefik, image: "traefik:v3.1"}
        - {name: web, image: "nginx:1.27"}
        - {name: f5, image: "nginx/nginx-ingress:3.7.0"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.nginx import is_controller
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="kubescape:detect-nginx-ingress-controller-eol C-0292",
)
def check(container: Container, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if is_controller(container):
        yield Fail(container.where.at("image"), "ingress-nginx gets no fixes any more", "a controller that is maintained")
