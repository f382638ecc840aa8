"""A Service sends traffic to the pods of a job as well.

## Why it matters
While the job runs, its pods have all labels that the Service asks for, are ready (a job has no readiness probe), and get a share of the
requests; nothing listens there, so that share fails. It lasts as long as the job does, and is gone when somebody looks.

## Five whys
1. Why do a third of the requests fail every night from 02:00 to 02:10? One of three endpoints refuses connections.
2. Which one? A pod of the CronJob `report`, which runs at 02:00.
3. Why is it an endpoint of the web Service? It has the labels `app: shop`, and the Service asks for nothing else.
4. Why does it have them? The chart puts the same labels on everything that it makes.

## Fix now
Add a label that only the serving pods have, to the Service's selector (`component: web`) and to their pod template; the Service last, so
that it never selects nothing.

## Workaround
Suspend the job: `kubectl patch cronjob report -p '{"spec":{"suspend":true}}'`.

## Prevent
Give each component of an application its own `app.kubernetes.io/component`, and let every selector ask for it.

## Validate
`kubectl create job --from=cronjob/report probe`, then `kubectl get endpointslices -l kubernetes.io/service-name=web` does not list its pod.

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
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: "0 2 * * *"
  jobTemplate:
    spec:
      template:
        metadata: {labels: {app: shop}}
        spec: {restartPolicy: Never, containers: [{name: report, image: "shop/report:1.0.3"}]}
```

## Good
A job in another namespace, and a Service for the pods of a job alone, are fine.

```yaml
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: shop}
  ports: [{port: 80}]
---
apiVersion: v1
kind: Service
metadata: {name: workers, namespace: batch}
spec: {clusterIP: None, selector: {app: shop}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
---
apiVersion: batch/v1
kind: Job
metadata: {name: report, namespace: batch}
spec:
  template:
    metadata: {labels: {app: shop}}
    spec: {restartPolicy: Never, containers: [{name: report, image: "shop/report:1.0.3"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.service import pods_behind, selector_of


@rule(target="Service", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    pods, selector = pods_behind(resource, graph), selector_of(resource)
    jobs = [pod.resource for pod in pods if pod.ends]
    if selector is None or not jobs or len(jobs) == len(pods):
        return
    where = next((node for _, node in selector.where.entries()), selector.where)
    names = ", ".join(f"{it.kind} {it.at('metadata.name').text}" for it in jobs[:3])
    yield Fail(where, f"{selector.show()} also selects the pods of {names}", "pods that serve", related=tuple(it.body for it in jobs[:3]))
