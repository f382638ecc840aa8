"""Pods fail a level of the Pod Security Standards that nobody asks for.

## Why it matters
The restricted level is what an application needs and nothing more: another user than root, no escalation, no capabilities,
filtered system calls. Pods that satisfy it survive most break-ins without harm to the node, and can move to any namespace.
The level is `restricted`, or the one that `level` in the settings names. This finding lists what is missing in one workload;
the advice below it says why each control matters.

## Five whys
1. Why did a break-in into a web server reach the node? Nothing between the process and the kernel was closed.
2. Why not? The pod runs with the runtime's defaults.
3. Why? Its manifest says nothing about security.
4. Why was that accepted? The namespace enforces no level.

## Fix now
On the pod: `securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}`; on each container:
`securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}`. An image that runs as root also needs
`runAsUser: 1000`.

## Workaround
`kubectl label ns NS pod-security.kubernetes.io/enforce=baseline` keeps the worst out meanwhile.

## Prevent
`pod-security.kubernetes.io/enforce: restricted` on namespaces of applications, `warn: restricted` first.

## Validate
`kubectl label --dry-run=server --overwrite ns NS pod-security.kubernetes.io/enforce=restricted` names no pod of the workload.

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
        - {name: web, image: "shop/web:1.4.2"} # finding
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
      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
      containers:
        - name: web
          image: shop/web:1.4.2
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
```

```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: agent, namespace: kube-system}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      hostNetwork: true
      containers:
        - {name: agent, image: "shop/agent:1.0.0"}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Fail, Graph, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.pod_standard import SYSTEM, demand, level_of, namespace_object, place_of
from auditor.views.kubernetes.workload import KINDS
from auditor.views.pod_security import Level, assess

_BASELINE = {"privileged containers", "host namespaces", "host ports", "host path volumes", "host process"}


@rule(target=KINDS, each=pods, severity=Severity.LOW, options={"level": "restricted"})
def check(pod: Pod, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    level = level_of(str(options["level"])) or Level.RESTRICTED
    if pod.namespace in SYSTEM:
        return
    namespace = namespace_object(pod, graph)
    if namespace and any(demand(namespace, mode) for mode in ("enforce", "warn", "audit")):
        return  # somebody decided on a level, and that is what counts there
    found = assess(pod, level)
    if found.passed or (level is Level.RESTRICTED and _BASELINE & set(found.controls)):
        return  # a workload of the node: what it is given has findings of its own
    where = [violation.where for violation in found.violations]
    message = f"the pods fail the {level} level: {', '.join(found.controls)}"
    actual = f"{len(found.controls)} controls fail"
    yield Fail(place_of(pod, where[0]), message, expected=f"what {level} allows", actual=actual, related=tuple(where))
