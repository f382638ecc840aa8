"""A monitor of Prometheus selects nothing.

## Why it matters
Prometheus takes the object, finds no target and says nothing: the metrics are missing, and alerts on them never fire, since a rule over
an absent metric is not true. The gap is found in the next incident.

## Five whys
1. Why did no alert fire? The metric did not exist.
2. Why not? Prometheus had no target for the application.
3. Why? The ServiceMonitor selects Services by a label that the Service does not have; it looks at the Service's own labels, not at its
   selector.

## Fix now
Put the label on the Service (`metadata.labels`), or into `spec.selector` what the Service has. For another namespace write
`namespaceSelector`. The endpoint's `port` is the name of the Service's port.

## Workaround
A PodMonitor on the pods' labels.

## Prevent
An alert on `absent(up{job="web"})` for each job that has to exist.

## Validate
`kubectl get services -A -l app=web` prints the Service, and the target stands under *Status, Targets* of Prometheus.

## Bad
```yaml
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web, namespace: shop}
spec:
  selector:
    matchLabels: {app: web} # finding
  endpoints: [{port: metrics}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop, labels: {app: shop-web}}
spec: {selector: {app: web}, ports: [{name: metrics, port: 9090}]}
```

```yaml
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  endpoints:
    - port: prometheus # finding
---
apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: web}}
spec: {selector: {app: web}, ports: [{name: metrics, port: 9090}]}
```

## Good
```yaml
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web, namespace: monitoring}
spec:
  namespaceSelector: {matchNames: [shop]}
  selector: {matchLabels: {app: web}}
  endpoints: [{port: metrics}]
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: far, namespace: monitoring}
spec:
  namespaceSelector: {any: true}
  selector: {matchLabels: {app: web}}
  endpoints: [{port: metrics}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {selector: {app: web}, ports: [{name: metrics, port: 9090}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.monitor import look_up_services
from auditor.views.kubernetes.selector import label_selector
from auditor.views.kubernetes.service import ports_of


@rule(target="ServiceMonitor", severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="kube-linter:dangling-servicemonitor")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    table = body.at("spec.selector")
    found = look_up_services(resource, graph).decided(resource)
    if found.missing:
        where = next((node for _, node in table.entries()), table)
        yield Fail(where, f"no Service here has the labels {label_selector(table).show()}", "a Service with these labels")
        return
    names = {port.name for service in found.targets for port in ports_of(service)}
    for endpoint in body.each("spec.endpoints"):
        name = endpoint.at("port").text
        if name and names and name not in names:
            known = ", ".join(sorted(filter(None, names))) or "no names"
            yield Fail(endpoint.at("port"), f"no port of the Services is named {name}; they have {known}", known, name)
