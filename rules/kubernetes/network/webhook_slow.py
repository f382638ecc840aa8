"""The API server waits long for an admission webhook.

## Why it matters
Every request that the webhook covers waits for it: up to `timeoutSeconds`, for each webhook in turn. With 30 seconds a slow webhook makes
`kubectl` and controllers time out themselves, and leases are lost; a short limit turns the same fault into a quick answer.

## Five whys
1. Why do controllers lose their leases? Their requests take half a minute.
2. Why? A webhook hangs, and the API server waits 30 seconds for it.
3. Why 30? It was raised when the webhook was slow once.

## Fix now
Set `timeoutSeconds` to 5 or less and make the webhook fast; narrow its rules and selectors.

## Workaround
`failurePolicy: Ignore` while it is slow.

## Prevent
Watch `apiserver_admission_webhook_admission_duration_seconds`.

## Validate
`kubectl get validatingwebhookconfigurations -o jsonpath='{..timeoutSeconds}'` prints no number above 10.

## Bad
```yaml
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: policy}
webhooks:
  - name: pods.policy.example.org
    timeoutSeconds: 30 # finding
    clientConfig: {service: {name: policy-webhook, namespace: policy}}
```

## Good
```yaml
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: policy}
webhooks:
  - name: pods.policy.example.org
    timeoutSeconds: 5
    clientConfig: {service: {name: policy-webhook, namespace: policy}}
  - name: default.policy.example.org
    clientConfig: {service: {name: policy-webhook, namespace: policy}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.webhook import KINDS, Webhook, webhooks


@rule(target=KINDS, each=webhooks, severity=Severity.INFO, confidence=Confidence.FIRM, symptoms=[r"context deadline exceeded"])
def check(hook: Webhook, resource: Resource, graph: Graph) -> Iterator[Fail]:
    limit = hook.where.at("timeoutSeconds")
    number = limit.number
    if number is not None and number > 10:
        yield Fail(limit, f"the API server waits {number:g} seconds for the webhook", "at most 10", f"{number:g}")
