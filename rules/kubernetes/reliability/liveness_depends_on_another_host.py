"""A liveness probe asks something outside its own pod.

## Why it matters
When the other side (a database, an API) has a problem, every pod that asks it is killed and started again. Their starts put more load on
what is ill already, and when it is well again nothing is there to use it: a small fault becomes an outage of everything.

## Five whys
1. Why did all services restart at once? Their liveness probes failed at the same second.
2. Why? They ask the database, which was failing over for 40 s.
3. Why does a restart of the web server help the database? It does not: the probe was meant to say "I cannot serve".
4. Why was it written as liveness? Readiness, which only takes the pod out of the Service, was not known.

## Fix now
Remove the probe while the dependency is down: `kubectl patch deploy NAME --type=json -p
'[{"op":"remove","path":"/spec/template/spec/containers/0/livenessProbe"}]'`.

## Workaround
Raise `failureThreshold` so that it is longer than a failover (60 times 10 s).

## Prevent
Liveness asks the process itself and nothing else; dependencies belong to readiness, or to the application's own retries.

## Validate
Block the dependency in a test cluster (a NetworkPolicy): pods become `0/1`, and `RESTARTS` stays.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: shop/web:1.4.2
      livenessProbe:
        exec:
          command:
            - sh
            - -c
            - curl -fsS http://inventory.shop.svc:8080/health # finding
    - name: api
      image: shop/api:1.4.2
      livenessProbe:
        httpGet:
          host: payments.example.com # finding
          port: 443
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostNetwork: true
  containers:
    - name: web
      image: shop/web:1.4.2
      livenessProbe: {exec: {command: [sh, -c, "curl -fsS http://localhost:8080/alive"]}}
      readinessProbe: {exec: {command: [pg_isready, -h, db.shop.svc]}}
    - name: agent
      image: shop/agent:1.4.2
      livenessProbe: {httpGet: {host: 192.0.2.7, port: 9100}} # the node's own address
    - name: database
      image: postgres:16
      livenessProbe: {exec: {command: [pg_isready, -h, 127.0.0.1]}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.probe import asked_hosts
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=running_containers, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(container: Container) -> Iterator[Fail]:
    probe = container.probe("liveness")
    if probe is None:
        return
    for where, host in asked_hosts(probe, on_node=container.pod.host_network):
        yield Fail(
            where, f"the container is restarted when {host} does not answer", expected="a question to the container itself", actual=host
        )
