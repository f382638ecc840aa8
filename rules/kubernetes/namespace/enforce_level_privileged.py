"""A namespace enforces the level privileged, which refuses nothing.

## Why it matters
`privileged` is right for namespaces of node agents. Everywhere else it says that somebody had a problem with a level and
switched it off for all workloads of the namespace.

## Five whys
1. Why could a web pod run privileged? Its namespace enforces `privileged`.
2. Why? One agent in it needs that.
3. Why is the agent in the namespace of web pods? They came with one chart.

## Fix now
Move the agent to a namespace of its own and set `baseline` here.

## Workaround
Exempt the agent's service account in the admission configuration (`exemptions.usernames`).

## Prevent
`warn: baseline` beside it shows what else would be refused.

## Validate
`kubectl get ns -l pod-security.kubernetes.io/enforce=privileged` lists only namespaces of node agents.

## Bad
```yaml
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    pod-security.kubernetes.io/enforce: privileged # finding
```

## Good
```yaml
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {pod-security.kubernetes.io/enforce: restricted}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.pod_standard import SYSTEM, demand
from auditor.views.pod_security import Level


@rule(
    target="Namespace",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="kubescape:pod-security-admission-baseline-applied-2 kubescape:pod-security-admission-restricted-applied-2 C-0193 C-0201",
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    asked = demand(resource, "enforce")
    if asked and asked.level == Level.PRIVILEGED and body.at("metadata.name").text not in SYSTEM:
        yield Fail(asked.where, "the namespace enforces the level privileged, which refuses nothing", expected="baseline or restricted")
