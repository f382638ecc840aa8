"""Pods fail the Pod Security level that their namespace enforces.

## Why it matters
The API server refuses every one of these pods. A Deployment is still accepted, so `kubectl apply` says `created`; its
ReplicaSet then makes no pod, and after the next node drain there are none left. The reason stands only in the ReplicaSet's
events.

## Five whys
1. Why is the service down though the Deployment was applied? It has no pods.
2. Why not? The API server refuses them: `violates PodSecurity "restricted:latest"`.
3. Why? The namespace enforces a level that the pods' template fails.
4. Why did it work before? The label came later; running pods are not touched, only new ones.

## Fix now
Set the fields that the finding names on the template and apply again; `kubectl describe rs -l app=NAME` shows the refusal
going away.

## Workaround
`kubectl label --overwrite ns NS pod-security.kubernetes.io/enforce=baseline` lets the pods in now; take it back when the
template is right.

## Prevent
`warn` with the same level beside `enforce`: then `kubectl apply` prints the refusal for the Deployment itself.

## Validate
`kubectl -n NS apply --dry-run=server -f FILE` prints no warning, `kubectl rollout status deployment/NAME` ends well.

## Bad
```yaml
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {pod-security.kubernetes.io/enforce: restricted}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "shop/web:1.4.2"} # finding
```

```yaml
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    pod-security.kubernetes.io/enforce: baseline
    pod-security.kubernetes.io/enforce-version: v1.30
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      hostNetwork: true # finding
      containers:
        - {name: web, image: "shop/web:1.4.2"}
```

## Good
```yaml
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {pod-security.kubernetes.io/enforce: restricted}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
      containers:
        - name: web
          image: shop/web:1.4.2
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
```

```yaml
apiVersion: v1
kind: Namespace
metadata:
  name: tools
  labels: {pod-security.kubernetes.io/enforce: privileged}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: tools}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "shop/web:1.4.2"}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: elsewhere, namespace: other}
spec:
  selector: {matchLabels: {app: elsewhere}}
  template:
    metadata: {labels: {app: elsewhere}}
    spec:
      containers:
        - {name: web, image: "shop/web:1.4.2"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Profile, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.pod_standard import demand, namespace_object, place_of
from auditor.views.kubernetes.workload import KINDS
from auditor.views.pod_security import assess


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=("violates PodSecurity", "is forbidden: violates PodSecurity"),
)
def check(pod: Pod, graph: Graph) -> Iterator[Fail]:
    namespace = namespace_object(pod, graph)
    asked = demand(namespace, "enforce") if namespace else None
    if asked is None:
        return
    found = assess(pod, asked.level, asked.version)
    if not found.passed:
        where = [violation.where for violation in found.violations]
        message = f"the namespace enforces {asked.level}, so the pods are refused: {', '.join(found.controls)}"
        actual = f"{len(found.controls)} controls fail"
        yield Fail(place_of(pod, where[0]), message, expected=f"what {asked.level} allows", actual=actual, related=(asked.where, *where))
