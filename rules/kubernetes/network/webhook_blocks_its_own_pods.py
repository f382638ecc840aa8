"""An admission webhook has a say over its own pods, and over those of the cluster.

## Why it matters
With `failurePolicy: Fail` pods can be created only while the webhook answers. When all its pods are gone (a node upgrade, a restart of
the cluster) they cannot come back: the API server asks the webhook, which does not run. The DNS and network of `kube-system` stop with
it.

## Five whys
1. Why does the cluster not come up after the outage? No pod may be created.
2. Why? The webhook does not answer, and its failure policy is Fail.
3. Why does it not run? Its own pods are covered by its rules.
4. Why are they? The configuration excludes no namespace.

## Fix now
Add a `namespaceSelector` that leaves out its own namespace and `kube-system` (`matchExpressions: [{key: kubernetes.io/metadata.name,
operator: NotIn, values: [kube-system, policy]}]`). In the deadlock: delete the configuration, let the pods start, apply it again.

## Workaround
`failurePolicy: Ignore` until then.

## Prevent
Three replicas on different nodes with a disruption budget, and the exclusion in the chart.

## Validate
`kubectl scale deploy/policy -n policy --replicas=0`, then `--replicas=1` in a test cluster: the pod comes back.

## Bad
```yaml
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: policy}
webhooks:
  - name: pods.policy.example.org # finding
    rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
    clientConfig: {service: {name: policy-webhook, namespace: policy}}
```

## Good
```yaml
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: policy}
webhooks:
  - name: pods.policy.example.org
    rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
    namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [policy, kube-system]}]}
    clientConfig: {service: {name: policy-webhook, namespace: policy}}
  - name: optional.policy.example.org
    failurePolicy: Ignore
    rules: [{apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: ["*"]}]
    clientConfig: {service: {name: policy-webhook, namespace: policy}}
  - name: own.policy.example.org
    rules: [{apiGroups: [policy.example.org], apiVersions: [v1], operations: [CREATE], resources: [rules]}]
    clientConfig: {service: {name: policy-webhook, namespace: policy}}
  - name: labelled.policy.example.org
    rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
    objectSelector: {matchLabels: {policy: checked}}
    clientConfig: {service: {name: policy-webhook, namespace: policy}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.webhook import KINDS, Webhook, covers_own_pods, webhooks


@rule(
    target=KINDS,
    each=webhooks,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r'failed calling webhook "[^"]+"', r"no endpoints available for service"],
)
def check(hook: Webhook, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if covers_own_pods(hook, resource, graph):
        message = f"no pod may start while the webhook does not answer, its own in namespace {hook.namespace} among them"
        policy = hook.where.at("failurePolicy")
        yield Fail(policy if policy.present else hook.where.at("name"), message, "a namespaceSelector that leaves them out")
