"""Pods read a Secret that is not there.

## Why it matters
A container with a variable from a missing Secret waits in `CreateContainerConfigError`, one that mounts it in `ContainerCreating` with
`FailedMount`. The rollout hangs; the pods that still run do not survive their node.

## Five whys
1. Why do the new pods not start? `secret "db-login" not found`.
2. Why not? It was made by hand in the old cluster; or its name or namespace is another one.
3. Why did the deployment not fail? The name is looked up by the kubelet, not by the API server.

## Fix now
Make the Secret where it comes from (ExternalSecret, SealedSecret, vault); in an emergency
`kubectl create secret generic db-login --from-literal=password=... -n NAMESPACE`. Waiting pods go on by themselves.

## Workaround
`kubectl rollout undo deployment/NAME`; `optional: true` where the application can do without.

## Prevent
Keep what makes the Secret next to what reads it. Secrets that are made by hand belong into a list that the set-up of a cluster works
through.

## Validate
`kubectl get secret db-login -n NAMESPACE` finds it, and `kubectl rollout status deployment/NAME` ends.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          envFrom:
            - secretRef: {name: db-login} # finding
      volumes:
        - name: keys
          secret:
            secretName: api-key # finding
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: api, namespace: shop}
spec: {target: {name: api-keys}}
---
apiVersion: v1
kind: Secret
metadata: {name: api-keys, namespace: shop}
---
apiVersion: v1
kind: Secret
metadata: {name: db-login, namespace: other}
```

## Good
What others make exists: ExternalSecret, SealedSecret, Certificate, a job that creates it.

```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "shop/web:1.4.2", envFrom: [{secretRef: {name: login}}, {secretRef: {name: extra, optional: true}}]}]
      volumes:
        - {name: sealed, secret: {secretName: sealed}}
        - {name: tls, secret: {secretName: web-tls}}
        - {name: hook, secret: {secretName: web-admission}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: login}
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: sealed}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: web}
spec: {secretName: web-tls, issuerRef: {name: ca}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: certgen}
spec:
  template:
    spec: {restartPolicy: Never, containers: [{name: a, image: "shop/certgen:1.0", args: [create, --secret-name=web-admission]}]}
---
apiVersion: v1
kind: Secret
metadata: {name: unrelated}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.config_reference import ConfigReference, look_up_config, reads
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=reads,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="kube-linter:env-value-from",
    symptoms=[r'secrets? "[^"]+" not found', r"CreateContainerConfigError", r"MountVolume\.SetUp failed for volume"],
)
def check(place: tuple[Pod, ConfigReference], resource: Resource, graph: Graph) -> Iterator[Fail]:
    pod, reference = place
    if reference.kind != "Secret" or reference.how in ("imagePullSecrets", "subPath") or reference.optional:
        return
    found = look_up_config(reference, pod).decided(resource)
    if found.missing:
        message = f"the pods read {found.says(f'the Secret {reference.name}')}"
        yield Fail(reference.where, message, "a Secret that exists", reference.name)
