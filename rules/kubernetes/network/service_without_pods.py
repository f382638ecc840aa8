"""A Service selects no pods.

## Why it matters
Kubernetes accepts the Service, gives it an address and a name, and puts nothing behind it: its EndpointSlice is empty. Clients get
`connection refused` at once (or a 503 from the ingress), while every pod is `Running` and every probe is green.

## Five whys
1. Why does the shop answer 503? The Service `web` has no endpoints.
2. Why not? No pod in its namespace has all the labels of its selector.
3. Why? The Deployment's pods are labelled `app: web-frontend`; the selector asks for `app: web`.
4. Why did nobody notice? Applying either object succeeds: a selector is a query, not a reference that is checked.

## Fix now
Make the labels of the pod template (`spec.template.metadata.labels`, not those of the Deployment) and `spec.selector` of the Service
the same. Changing the Service is the quick side: it takes effect at once and restarts nothing, whereas a Deployment's own selector
cannot be changed.

## Workaround
`kubectl patch service web -n NAMESPACE --type merge -p '{"spec":{"selector":{"app":"web-frontend"}}}'`; remember that a merge keeps the
other keys of the selector (set them to `null` to drop them).

## Prevent
Generate both from one template value (Helm `selectorLabels`, kustomize `labels` with `includeSelectors`), and watch
`kube_endpoint_address{ready="true"} == 0` for Services that should have some.

## Validate
`kubectl get endpointslices -n NAMESPACE -l kubernetes.io/service-name=web` lists addresses;
`kubectl get pods -n NAMESPACE -l app=web-frontend` prints the same pods.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector:
    app: web # finding
  ports: [{port: 80, targetPort: 8080}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web-frontend}}
  template:
    metadata: {labels: {app: web-frontend}}
    spec:
      containers: [{name: web, image: "shop/web:1.4.2"}]
```

## Good
```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web-frontend}
  ports: [{port: 80, targetPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: old-database}
spec: {type: ExternalName, externalName: db.example.org, selector: {app: gone}}
---
apiVersion: v1
kind: Service
metadata: {name: by-hand}
spec: {ports: [{port: 5432}]}
---
apiVersion: v1
kind: Service
metadata: {name: web-0}
spec: {selector: {app: web-frontend}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web-frontend}}
  template:
    metadata: {labels: {app: web-frontend, version: "2"}}
    spec:
      containers: [{name: web, image: "shop/web:1.4.2"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.namespace import in_words, namespace_of
from auditor.views.kubernetes.service import backends, nearest, selector_of


@rule(
    target="Service",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="kube-linter:dangling-service kube-score:service-targets-pod kubescape:service-with-no-workload C-0293",
    symptoms=[
        r"no endpoints available for service",
        r'Service ".*" does not have any active Endpoint',
        r"connect(?:ion)?:? (?:to \S+ )?connection refused",
    ],
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found, selector = backends(resource, graph), selector_of(resource)
    if found is None or selector is None or not found.decided(resource).missing:
        return
    message = f"no pod of {in_words(namespace_of(resource))} has {selector.show()}"
    close, where = nearest(resource, graph), _first(selector.where)
    if close is not None:
        pod, key, _, own = close
        where = selector.where.at(f'["{key}"]')
        message += f"; {pod.resource.kind} {pod.resource.at('metadata.name').text} has {f'{key}={own}' if own else f'no label {key}'}"
    elif found.nearest is not None:
        message += f"; those of {found.nearest.address.text} do, elsewhere" if _apart(found.nearest, resource) else ""
    yield Fail(where, message, f"a pod with {selector.show()}", "no pod")


def _apart(workload: Resource, service: Resource) -> bool:
    return bool(namespace_of(workload) != namespace_of(service))


def _first(selector: Node) -> Node:
    return next((node for _, node in selector.entries()), selector)
