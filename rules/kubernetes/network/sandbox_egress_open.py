"""The sandbox of an agent may send anywhere.

## Why it matters
An agent runs code that a model wrote, with data that strangers gave it. Without rules for egress of its own a sandbox may reach the
public internet: what it was given to read can be sent to anybody, and tools of anybody can be fetched.

## Five whys
1. Why could the agent send the customer list away? Its sandbox may reach any address.
2. Why? The template has no `networkPolicy`, and the default lets the public internet through.
3. Why was none written? The default is called secure: it protects the cluster, not the data.

## Fix now
Write `spec.networkPolicy.egress` with the peers that the agent needs, each with a selector or a network; an empty list allows nothing.

## Workaround
A NetworkPolicy over the sandboxes' labels that denies egress.

## Prevent
An admission policy over SandboxTemplates.

## Validate
`kubectl exec SANDBOX -- nc -zvw 3 example.org 443` times out.

## Bad
```yaml
apiVersion: extensions.agents.x-k8s.io/v1alpha1
kind: SandboxTemplate
metadata: {name: open}
spec:
  podTemplate: {} # finding
---
apiVersion: extensions.agents.x-k8s.io/v1alpha1
kind: SandboxTemplate
metadata: {name: unmanaged}
spec:
  networkPolicyManagement: Unmanaged # finding
---
apiVersion: extensions.agents.x-k8s.io/v1alpha1
kind: SandboxTemplate
metadata: {name: anywhere}
spec:
  networkPolicy:
    egress:
      - to: [{ipBlock: {cidr: 0.0.0.0/0}}] # finding
```

## Good
```yaml
apiVersion: extensions.agents.x-k8s.io/v1alpha1
kind: SandboxTemplate
metadata: {name: proxy-only}
spec:
  networkPolicy:
    egress: [{to: [{podSelector: {matchLabels: {app: proxy}}}]}]
---
apiVersion: extensions.agents.x-k8s.io/v1alpha1
kind: SandboxTemplate
metadata: {name: closed}
spec: {networkPolicyManagement: Managed, networkPolicy: {egress: []}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.selector import label_selector


@rule(target="SandboxTemplate", severity=Severity.HIGH, confidence=Confidence.FIRM, aliases="kubescape:agent-sandbox-egress-policy")
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    managed, policy = body.at("spec.networkPolicyManagement"), body.at("spec.networkPolicy")
    if (managed.text or "Managed") != "Managed":
        yield Fail(managed, "no network policy is made for the sandboxes", "Managed", managed.text or "")
    elif not isinstance(policy.value, dict):
        yield Fail(policy, "the template has no networkPolicy, and the default lets the sandboxes reach the internet", "egress rules")
    elif not isinstance(policy.at("egress").value, (list, type(None))) and policy.at("egress").present:
        yield Fail(policy.at("egress"), "egress is no list of rules", "a list")
    else:
        for item in policy.each("egress"):
            peers = list(item.each("to"))
            if not peers or not all(_is_narrow(peer) for peer in peers):
                yield Fail(item, "the rule lets the sandboxes send to any address", "peers with a selector or a network")


def _is_narrow(peer: Node) -> bool:
    cidr = peer.at("ipBlock.cidr").text
    if cidr and cidr not in ("0.0.0.0/0", "::/0"):
        return True
    return any(peer.at(it).present and not label_selector(peer.at(it)).empty for it in ("podSelector", "namespaceSelector"))
