"""A workload leaves it to the scheduler on which kind of node it runs.

## Why it matters
That is right for most workloads. In clusters with several kinds of nodes (spot, GPU, arm64) it may put a database on a spot node, or an
amd64 image on an arm64 node, where it crashes with `exec format error`. Advice for such clusters only.

## Five whys
1. Why was the database restarted at night? Its spot node was taken back.
2. Why was it on a spot node? Nothing said that it must not be.
3. Why not? The cluster had only one kind of node when it was written.

## Fix now
Say it in the template, for example `nodeSelector: {karpenter.sh/capacity-type: on-demand}`, or by a required node affinity.

## Workaround
`kubectl cordon NODE` and `kubectl delete pod POD`.

## Prevent
Taint the special nodes, so that only those who say so get there.

## Validate
`kubectl get pods -o wide` against `kubectl get nodes -L karpenter.sh/capacity-type,kubernetes.io/arch`.

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
      nodeSelector: {kubernetes.io/arch: amd64}
      containers: [{name: web, image: "shop/web:1.4.2"}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  template:
    spec:
      affinity:
        nodeAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - {weight: 1, preference: {matchExpressions: [{key: disk, operator: In, values: [ssd]}]}}
      containers: [{name: api, image: "shop/api:1.4.2"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=pods, severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="kube-linter:no-node-affinity")
def check(pod: Pod) -> Iterator[Fail]:
    where = pod.where.at("affinity.nodeAffinity")
    if where.missing and pod.where.at("nodeSelector").missing and not pod.where.at("nodeName").text:
        yield Fail(where, "nothing says on which kind of node the pods run")
