"""A pod has a priority that is neither built in nor declared here.

## Why it matters
A PriorityClass belongs to the whole cluster and is often created by hand. Where it is missing, the API server refuses every pod: `no
PriorityClass with name high was found`. Advice: declare it with what uses it, or list the classes of your clusters in the option
`accepted`.

## Five whys
1. Why does the workload not start in the new cluster? Its pods are refused.
2. Why? The class `high` does not exist there.
3. Why not? It was created by hand in the old cluster.

## Fix now
`kubectl create priorityclass high --value=100000`.

## Workaround
Leave out `priorityClassName` for a while; the priority is then 0.

## Prevent
Keep all PriorityClasses in the repository of the cluster.

## Validate
`kubectl get priorityclass NAME` in every cluster.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      priorityClassName: high # finding
      containers: [{name: web, image: "shop/web:1.4.2"}]
```

## Good
```yaml
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: high}
value: 100000
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      priorityClassName: high
      containers: [{name: web, image: "shop/web:1.4.2"}]
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  template:
    spec:
      priorityClassName: system-node-critical
      containers: [{name: agent, image: "shop/agent:0.9.0"}]
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="kube-linter:priority-class-name",
    options={"accepted": ["system-cluster-critical", "system-node-critical"]},
    symptoms=["no PriorityClass with name .* was found"],
)
def check(pod: Pod, options: Mapping[str, Any]) -> Iterator[Fail]:
    where = pod.where.at("priorityClassName")
    name = where.text
    if not name or name in options["accepted"]:
        return
    if not any(it.at("metadata.name").text == name for it in pod.graph.of("PriorityClass")):
        yield Fail(where, f"the class {name} has to exist in each cluster where this is applied", expected=" or ".join(options["accepted"]))
