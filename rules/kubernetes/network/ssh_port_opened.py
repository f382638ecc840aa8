"""A workload offers SSH.

## Why it matters
A shell into a container over SSH goes past Kubernetes: no RBAC, no audit log, its own keys that nobody rotates, a second process to keep
patched. Git servers and bastions need it; for the rest it is a way in that stays.

## Five whys
1. Why was somebody in the container without a trace in the audit log? He came over SSH.
2. Why does the image run a daemon for it? It was a virtual machine once.

## Fix now
Remove the port, the daemon and the Service's entry; use `kubectl exec`, which the API server authorizes and logs.

## Workaround
A NetworkPolicy that admits only the bastion to the port.

## Prevent
Build images without sshd.

## Validate
`kubectl exec POD -- ss -ltn` shows no port 22.

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
        - name: web
          image: shop/web:1.4.2
          ports:
            - containerPort: 22 # finding
```

```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 2222}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web} # finding
    spec: {containers: [{name: web, image: "shop/web:1.4.2"}]}
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
    spec: {containers: [{name: web, image: "shop/web:1.4.2", ports: [{containerPort: 8080}, {containerPort: 22, protocol: UDP}]}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.service import ports_of, services_of
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="kube-linter:ssh-port kubescape:rule-can-ssh-to-pod-v1 C-0042",
)
def check(pod: Pod, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for container in pod.containers:
        for port in container.ports:
            if port.number == 22 and port.protocol == "TCP":
                yield Fail(port.where.at("containerPort"), "port 22 is that of SSH", "no SSH", "22")
                return
    for service in services_of(pod):
        for opened in ports_of(service):
            if opened.protocol == "TCP" and {opened.number, opened.target.number} & {22, 2222}:
                labels = pod.template.at("metadata.labels")
                yield Fail(
                    labels, f"the Service {service.at('metadata.name').text} opens SSH to these pods", "no SSH", related=(opened.where,)
                )
                return
