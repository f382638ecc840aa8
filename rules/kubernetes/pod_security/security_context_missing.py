"""A container has no security context, and neither has its pod.

## Why it matters
Nothing says how the container may run, so everything is as the image and the runtime say: root, all of the runtime's
capabilities, a writable image, no seccomp profile. Each is its own advice; this one says that nobody has decided yet.

## Five whys
1. Why are all hardening fields unset? The manifest has no `securityContext`.
2. Why not? It comes from the application's quick start.
3. Why was it not added? No admission policy asks for it.

## Fix now
Begin with `securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}` on the pod and
`{allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}` on each container: the restricted level.

## Workaround
`kubectl label ns NS pod-security.kubernetes.io/warn=restricted` shows at every apply what is missing, and refuses nothing.

## Prevent
The restricted level, enforced.

## Validate
`kubectl label --dry-run=server --overwrite ns NS pod-security.kubernetes.io/enforce=restricted` prints no warning.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web # finding
          image: shop/web:1.4.2
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      securityContext: {runAsNonRoot: true}
      containers:
        - {name: web, image: "shop/web:1.4.2"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.INFO,
    aliases="CKV_K8S_29 CKV_K8S_30 FG_R00496 C-0211",
)
def check(container: Container) -> Iterator[Fail]:
    own, whole = container.where.at("securityContext"), container.pod.where.at("securityContext")
    if all(context.missing or not context.value for context in (own, whole)):
        yield Fail(own, "neither the container nor its pod has a security context")
