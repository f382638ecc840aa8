"""Pods that are not healthy may block a drain.

## Why it matters
Unless `unhealthyPodEvictionPolicy` is `AlwaysAllow`, a pod that runs and is not ready may be evicted only while enough others are
healthy. When a broken release leaves all pods in CrashLoopBackOff, no node with one of them can be drained: the fault of one application
stops the upgrade of the cluster.

## Five whys
1. Why can the node not be drained? The budget of one application allows no disruption.
2. Why not? All its pods crash since Friday's release, so none is healthy.
3. Why does that keep a crashing pod in its place? The default protects pods that are about to become ready.
4. Why was the default kept? `AlwaysAllow` came with version 1.27, after the manifest was written.

## Fix now
`kubectl patch pdb NAME --type=merge -p '{"spec":{"unhealthyPodEvictionPolicy":"AlwaysAllow"}}'`.

## Workaround
`kubectl delete pod POD` for the crashing pods on that node.

## Prevent
Write `unhealthyPodEvictionPolicy: AlwaysAllow`, except for members of a quorum that need long to join.

## Validate
`kubectl get pdb NAME -o jsonpath='{.spec.unhealthyPodEvictionPolicy}'` prints `AlwaysAllow`.

## Bad
```yaml
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop}
spec:
  maxUnavailable: 1 # finding
  selector: {matchLabels: {app: shop}}
```

## Good
```yaml
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: shop}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector: {matchLabels: {app: shop}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: quorum}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: IfHealthyBudget
  selector: {matchLabels: {app: quorum}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="PodDisruptionBudget",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="kube-linter:pdb-unhealthy-pod-eviction-policy",
)
def check(budget: Node) -> Iterator[Fail]:
    policy = budget.at("spec.unhealthyPodEvictionPolicy")
    if budget.at("apiVersion").text != "policy/v1beta1" and policy.missing:
        yield Fail(
            policy,
            "pods that crash may block a drain",
            expected="unhealthyPodEvictionPolicy: AlwaysAllow",
            actual="IfHealthyBudget, the default",
        )
