"""A Service sets a variable that a container may read as one of its settings.

## Why it matters
For each Service of the namespace a pod gets variables: the Service `db` gives `DB_PORT=tcp://10.0.0.7:5432`. A program that takes
`DB_HOST`, `DB_USER` and `DB_PORT` from its environment, with 5432 for a port that is not set, gets this text instead of a number and does
not start.

## Five whys
1. Why does the pod crash with "invalid port: tcp://10.0.0.7:5432"? That is the value of `DB_PORT`.
2. Who set it? The kubelet, for the Service `db`.
3. Why? `enableServiceLinks` is true unless it is written.
4. Why did it work in the other namespace? The Service has another name there.
5. Why since today only? The variables are set when a container starts, and the Service is newer than the old pods.

## Fix now
`kubectl patch deploy NAME -p '{"spec":{"template":{"spec":{"enableServiceLinks":false}}}}'`.

## Workaround
Set the variable yourself; it wins: `kubectl set env deploy/NAME DB_PORT=5432`.

## Prevent
`enableServiceLinks: false` in every template: nobody needs these variables where there is DNS.

## Validate
`kubectl exec POD -- env | grep '=tcp://'` prints nothing.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {selector: {app: db}, ports: [{port: 5432}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
        - name: shop
          image: shop/web:1.4.2
          env:
            - {name: DB_HOST, value: db} # finding
            - {name: DB_USER, value: shop}
```

## Good
```yaml
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {selector: {app: db}, ports: [{port: 5432}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
        - name: shop
          image: shop/web:1.4.2
          env: [{name: DB_HOST, value: db}, {name: DB_PORT, value: "5432"}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
      enableServiceLinks: false
      containers: [{name: api, image: "shop/api:1.4.2", env: [{name: DB_HOST, value: db}]}]
---
apiVersion: v1
kind: Service
metadata: {name: cache}
spec: {clusterIP: None, selector: {app: cache}, ports: [{port: 6379}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: reader}
spec:
  selector: {matchLabels: {app: reader}}
  template:
    metadata: {labels: {app: reader}}
    spec:
      containers: [{name: reader, image: "shop/reader:1.4.2", env: [{name: CACHE_HOST, value: cache}]}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.service_link import collisions, has_links
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    symptoms=["invalid (port|value|syntax|literal).*tcp://\\d+\\.\\d+\\.\\d+\\.\\d+:\\d+", "NumberFormatException.*tcp://"],
)
def check(container: Container) -> Iterator[Fail]:
    if not has_links(container.pod):
        return
    for link in collisions(container):
        name = link.service.at("metadata.name").text
        message = f"{link.name} is not set here, so the Service {name} sets it to tcp://ADDRESS:PORT"
        yield Fail(
            link.where, message, expected=f"enableServiceLinks: false, or a {link.name}", related=(link.service.at("metadata.name"),)
        )
