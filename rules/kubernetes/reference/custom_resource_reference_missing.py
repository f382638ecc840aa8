"""A custom resource names an object that is not there.

## Why it matters
Certificates name their issuer, ExternalSecrets their store, rollouts their Services, scalers their credentials. When the name is wrong,
the operator writes `NotReady` into a status that nobody reads, and what it should have made (a certificate, a Secret) is missing where it
is needed.

## Five whys
1. Why do the pods wait for their Secret? Nobody made it.
2. Why not? Its ExternalSecret names the store `valut`, which does not exist.
3. Why did nothing fail? The object was accepted; the operator's error stands in its status.

## Fix now
Correct the name, or the kind: many fields mean a namespaced kind unless `kind: ClusterIssuer` or `kind: ClusterSecretStore` is written.

## Workaround
Make what the operator would have made by hand, until it is right.

## Prevent
Alert on the status: `certmanager_certificate_ready_status{condition="False"}`,
`externalsecret_status_condition{condition="Ready",status="False"}`.

## Validate
`kubectl get certificate,externalsecret -A` prints `True` under READY.

## Bad
```yaml
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: web}
spec:
  secretName: web-tls
  issuerRef:
    name: letsencrypt # finding
    kind: ClusterIssuer
---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: {name: lets-encrypt}
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec:
  strategy:
    canary:
      canaryService: web-canray # finding
---
apiVersion: v1
kind: Service
metadata: {name: web-canary}
spec: {selector: {app: web}, ports: [{port: 80}]}
```

## Good
```yaml
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: login}
spec: {secretStoreRef: {name: vault, kind: ClusterSecretStore}}
---
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: {name: vault}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: web}
spec: {secretName: web-tls, issuerRef: {name: private, kind: AWSPCAClusterIssuer, group: awspca.cert-manager.io}}
---
apiVersion: example.org/v1
kind: Backup
metadata: {name: nightly}
spec: {credentials: {secretName: unknown-to-us}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.custom_reference import KINDS, CustomReference, certain, look_up_custom


@rule(target=KINDS, each=certain, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(reference: CustomReference, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found = look_up_custom(reference, resource, graph).decided(resource)
    if found.missing:
        what = f"the {reference.kind} {reference.name}"
        yield Fail(reference.where, f"the {resource.kind} names {found.says(what)}", f"a {reference.kind} that exists", reference.name)
