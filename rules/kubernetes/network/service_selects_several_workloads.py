"""A Service spreads its traffic over workloads of different images.

## Why it matters
Requests go to every pod that the selector matches, whatever it runs. When a second workload gets the same labels by accident, part of the
requests ends at an application that cannot answer them, and the errors look random.

## Five whys
1. Why does every second request return 404? Two applications answer under one name.
2. Why? Both have `app: shop`, and the Service asks for nothing more.
3. Why did nobody see it? Each of the two Deployments is healthy by itself.

## Fix now
Give the pods that belong to the Service a label of their own and add it to the selector; change the pods first, the Service second.

## Workaround
Scale the intruder down (`kubectl scale deploy admin --replicas=0`) if it can be spared.

## Prevent
One `app.kubernetes.io/component` for each workload. Canaries and blue-green pairs of one application share labels on purpose: they run the
same image and are not reported.

## Validate
`kubectl get pods -l app=shop,component=web -o name` prints the pods of one application only.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector:
    app: shop # finding
  ports: [{port: 80}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: shop, component: web}}
  template:
    metadata: {labels: {app: shop, component: web}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: admin}
spec:
  selector: {matchLabels: {app: shop, component: admin}}
  template:
    metadata: {labels: {app: shop, component: admin}}
    spec: {containers: [{name: admin, image: "shop/admin:1.4.2"}]}
```

## Good
```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: shop}
  ports: [{port: 80}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: shop, track: stable}}
  template:
    metadata: {labels: {app: shop, track: stable}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web-canary}
spec:
  selector: {matchLabels: {app: shop, track: canary}}
  template:
    metadata: {labels: {app: shop, track: canary}}
    spec: {containers: [{name: web, image: "shop/web:1.5.0-rc1"}, {name: proxy, image: "shop/proxy:2.0.1"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.service import is_headless, pods_behind, selector_of


@rule(target="Service", severity=Severity.INFO, confidence=Confidence.LIKELY)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    selector = selector_of(resource)
    if selector is None or is_headless(resource):
        return
    pods = [pod for pod in pods_behind(resource, graph) if not pod.ends]
    images = [_images(pod) for pod in pods]
    if len(pods) < 2 or set.intersection(*images) or not all(images):
        return
    where = next((node for _, node in selector.where.entries()), selector.where)
    names = ", ".join(f"{pod.resource.kind} {pod.resource.at('metadata.name').text}" for pod in pods[:4])
    yield Fail(where, f"{selector.show()} selects pods with nothing in common: {names}", "the pods of one application")


def _images(pod: Pod) -> set[str]:
    found = [it.where.at("image").text and it.image for it in pod.running]
    return {it.full_repository for it in found if it}
