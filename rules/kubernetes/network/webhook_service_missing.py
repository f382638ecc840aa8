"""An admission webhook calls a Service that is not there.

## Why it matters
With `failurePolicy: Fail`, the default, the API server refuses every request that the webhook's rules cover: `failed calling webhook ...
service "x" not found`. If these are pods, nothing starts any more in the whole cluster, not even the pods of the webhook.

## Five whys
1. Why does no pod start in any namespace? The API server refuses them: it cannot call a webhook.
2. Why not? The Service that the webhook names does not exist.
3. Why not? It was renamed, or the operator was removed and its configuration stayed.

## Fix now
Correct `clientConfig.service`, or delete the configuration: `kubectl delete validatingwebhookconfiguration NAME` (or `mutating...`) works
while pods cannot start.

## Workaround
`kubectl patch validatingwebhookconfiguration NAME --type json -p '[{"op":"replace","path":"/webhooks/0/failurePolicy","value":"Ignore"}]'`.

## Prevent
Install configuration, Service and Deployment in one chart; uninstall the configuration first.

## Validate
`kubectl get service -n NAMESPACE NAME` finds it, and `kubectl run probe --image=busybox:1.36 --dry-run=server` succeeds.

## Bad
```yaml
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: policy}
webhooks:
  - name: pods.policy.example.org
    clientConfig:
      service:
        name: policy-webhok # finding
        namespace: policy
---
apiVersion: v1
kind: Service
metadata: {name: policy-webhook, namespace: policy}
spec: {selector: {app: policy}, ports: [{port: 443}]}
```

## Good
```yaml
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: policy}
webhooks:
  - {name: pods.policy.example.org, clientConfig: {service: {name: policy-webhook, namespace: policy}}}
  - {name: far.policy.example.org, clientConfig: {url: "https://policy.example.org/"}}
---
apiVersion: v1
kind: Service
metadata: {name: policy-webhook, namespace: policy}
spec: {selector: {app: policy}, ports: [{port: 443}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.webhook import KINDS, Webhook, look_up_service, webhooks


@rule(
    target=KINDS,
    each=webhooks,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r'failed calling webhook "[^"]+": .*service "[^"]+" not found'],
)
def check(hook: Webhook, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found = look_up_service(hook, resource, graph)
    if found is not None and found.decided(resource).missing:
        what = found.says(f"the Service {hook.service}")
        yield Fail(hook.where.at("clientConfig.service.name"), f"the webhook calls {what}", "a Service that exists", hook.service)
