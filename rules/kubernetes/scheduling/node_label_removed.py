"""A pod asks for the old label or taint of the control plane.

## Why it matters
`node-role.kubernetes.io/master` was replaced by `node-role.kubernetes.io/control-plane`: the label is gone from new nodes since Kubernetes
1.24, the taint since 1.25. A node selector for it matches nothing any more, and an agent that tolerates only the old taint is
missing from the control plane, which nobody notices.

## Five whys
1. Why are there no logs of the API server? The agent does not run on its node.
2. Why not? The taint is called `control-plane`, and the agent tolerates `master`.
3. Why? The manifest is older than the cluster.

## Fix now
Write `node-role.kubernetes.io/control-plane`; tolerate both while old clusters exist.

## Workaround
`kubectl label node NODE node-role.kubernetes.io/master=` brings the label back by hand.

## Prevent
Search manifests for `node-role.kubernetes.io/master` before each upgrade.

## Validate
`kubectl get pods -o wide` shows the pods on the control-plane nodes.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: operator}
spec:
  template:
    spec:
      nodeSelector:
        node-role.kubernetes.io/master: "" # finding
      containers: [{name: operator, image: "shop/operator:1.0.0"}]
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  template:
    spec:
      tolerations:
        - {key: node-role.kubernetes.io/master, operator: Exists, effect: NoSchedule} # finding
      containers: [{name: agent, image: "shop/agent:0.9.0"}]
```

## Good
```yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  template:
    spec:
      tolerations:
        - {key: node-role.kubernetes.io/master, operator: Exists, effect: NoSchedule}
        - {key: node-role.kubernetes.io/control-plane, operator: Exists, effect: NoSchedule}
      containers: [{name: agent, image: "shop/agent:0.9.0"}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
              - matchExpressions: [{key: node-role.kubernetes.io/master, operator: DoesNotExist}]
      containers: [{name: web, image: "shop/web:1.4.2"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.node_fit import terms
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS

OLD, NEW = "node-role.kubernetes.io/master", "node-role.kubernetes.io/control-plane"


@rule(target=KINDS, each=pods, severity=Severity.MEDIUM, confidence=Confidence.FIRM, symptoms=["didn't match Pod's node affinity/selector"])
def check(pod: Pod) -> Iterator[Fail]:
    selected = pod.where.at(f'nodeSelector["{OLD}"]')
    if selected.present:
        yield Fail(selected, f"since Kubernetes 1.24 no node has the label {OLD}", expected=NEW)
    asking = [[it for it in term if it.key == OLD and it.operator in ("In", "Exists")] for term in terms(pod)]
    if asking and all(asking):
        yield Fail(asking[0][0].where, f"since Kubernetes 1.24 no node has the label {OLD}", expected=NEW)
    tolerated = {it.at("key").text or "": it for it in pod.where.each("tolerations")}
    if pod.resource.kind == "DaemonSet" and OLD in tolerated and not tolerated.keys() & {NEW, ""}:
        yield Fail(tolerated[OLD], f"since Kubernetes 1.25 the taint is called {NEW}, and keeps these pods away", expected=NEW)
