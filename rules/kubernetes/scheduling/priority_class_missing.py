"""A pod has no priority.

## Why it matters
When a cluster is full, pods of a higher priority push out others. Without a class all are equal (0), and the payment service waits behind
the report. Advice for clusters that do run full; with room for everything, priorities change nothing.

## Five whys
1. Why was the shop pending while batch jobs ran? Both have the priority 0, and the jobs were first.
2. Why did the scheduler not evict a job? It only does for a higher priority.
3. Why has the shop none? No `priorityClassName` is written, and the cluster has no default.

## Fix now
`kubectl create priorityclass high --value=100000 --description="serves customers"`, then `priorityClassName: high` in the template.

## Workaround
`kubectl delete job NAME` makes room.

## Prevent
One PriorityClass with `globalDefault: true` for the rest, and two or three with names that say what they are for.

## Validate
`kubectl get pods -o custom-columns=NAME:.metadata.name,PRIORITY:.spec.priority`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers: # finding
        - {name: web, image: "shop/web:1.4.2"}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      priorityClassName: high
      containers: [{name: web, image: "shop/web:1.4.2"}]
```

```yaml
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: usual}
value: 1000
globalDefault: true
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers: [{name: web, image: "shop/web:1.4.2"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="polaris:priorityClassNotSet")
def check(pod: Pod) -> Iterator[Fail]:
    name = pod.where.at("priorityClassName")
    if name.text:
        return
    if not any(it.at("globalDefault").flag is True for it in pod.graph.of("PriorityClass")):
        yield Fail(name, "the pods have no priority of their own")
