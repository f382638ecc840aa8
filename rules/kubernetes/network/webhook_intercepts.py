"""A webhook sees or changes what is written to the cluster.

## Why it matters
An admission webhook gets the objects that it covers, Secrets included, and a mutating one may put anything into them: a container into
every pod, a volume, another image. It is a way to stay in a cluster, so each one should be known.

## Five whys
1. Why does every pod run a container that nobody wrote? A mutating webhook adds it.
2. Who installed it? An account that may write webhook configurations.

## Fix now
Check whose it is, and what its rules cover; delete what nobody claims.

## Workaround
Narrow `rules`, `namespaceSelector` and `objectSelector` to what it needs.

## Prevent
Keep all configurations in the repository of the cluster; alert on new ones in the audit log.

## Validate
`kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations` lists only what is in the repository.

## Bad
```yaml
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata:
  name: injector # finding
webhooks: [{name: pods.example.org, clientConfig: {url: "https://injector.example.org/"}}]
```

## Good
```yaml
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: replicas}
spec: {validations: [{expression: object.spec.replicas <= 100}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule


@rule(
    target="ValidatingWebhookConfiguration MutatingWebhookConfiguration",
    severity=Severity.INFO,
    aliases="kubescape:list-all-validating-webhooks kubescape:list-all-mutating-webhooks C-0036 C-0039",
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    kind = "changes" if resource.kind.startswith("Mutating") else "sees"
    yield Fail(body.at("metadata.name"), f"a webhook {kind} what is written to the cluster", "one that is known")
