"""A container takes a port of its node.

## Why it matters
A `hostPort` opens the port on every address of the node, outside of Services and most firewall rules made for them. Only one
pod per node can have it: a rolling update of as many replicas as nodes hangs with `didn't have free ports`, and so does
scaling up.

## Five whys
1. Why did the rollout hang? The new pod stayed Pending.
2. Why? `0/3 nodes are available: 3 node(s) didn't have free ports for the requested pod ports`.
3. Why were the ports taken? The old pods hold port 8080 of each node.
4. Why do they need one? They do not: a Service would find them by label.

## Fix now
Remove `hostPort` (keep `containerPort`) and route to the pods with a Service.

## Workaround
Set `maxSurge: 0, maxUnavailable: 1`, so that a rollout frees a port before it needs one.

## Prevent
`pod-security.kubernetes.io/enforce: baseline` refuses host ports.

## Validate
`kubectl get pods -l app=NAME -o json | jq '[.items[].spec.containers[].ports[]?.hostPort] | map(select(.))'` prints `[]`.

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
            - containerPort: 8080
              hostPort: 8080 # finding
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
      containers:
        - name: web
          image: shop/web:1.4.2
          ports: [{containerPort: 8080}, {containerPort: 9090, hostPort: 0}]
```

```yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      hostNetwork: true
      containers:
        - name: agent
          image: shop/agent:1.0.0
          ports: [{containerPort: 9100, hostPort: 9100}]
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
    severity=Severity.MEDIUM,
    aliases="CKV_K8S_26 KSV-0024 AVD-KSV-0024 polaris:hostPortSet kubescape:container-hostPort C-0044",
    symptoms=(r"didn't have free ports for the requested pod ports",),
)
def check(container: Container) -> Iterator[Fail]:
    if container.pod.host_network:
        return  # then every port is one of the node, and that is the finding
    for port in container.where.each("ports"):
        where = port.at("hostPort")
        if where.number:
            message = f"the container takes port {where.text} of its node: one pod per node, outside of Services"
            yield Fail(where, message, expected="a Service")
