"""A probe or hook makes the kubelet ask another host than the pod.

## Why it matters
The kubelet makes the request, from the node's network: a `host` in a probe reaches addresses that the pod itself may not (the
metadata service, other pods past their policies), and the probe says nothing about this pod. The baseline refuses it from
1.34 on.

## Five whys
1. Why was the pod ready while its application was down? The probe asked another host.
2. Why? `httpGet.host` is set.
3. Why? Somebody took it for the name of the virtual host.

## Fix now
Remove `host`; for a virtual host write `httpHeaders: [{name: Host, value: shop.example}]`.

## Workaround
An `exec` probe runs inside the pod and under its policies.

## Prevent
`pod-security.kubernetes.io/enforce-version: v1.34` or later with level `baseline`.

## Validate
`kubectl describe pod POD` shows the probe as `http-get http://:8080/...`.

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
          readinessProbe:
            httpGet: {host: 10.0.0.5, port: 8080} # finding
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
          readinessProbe:
            httpGet: {port: 8080, httpHeaders: [{name: Host, value: shop.example}]}
```

```yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: node}
spec:
  selector: {matchLabels: {app: node}}
  template:
    metadata: {labels: {app: node}}
    spec:
      hostNetwork: true
      containers:
        - name: node
          image: shop/node:1.0.0
          livenessProbe: {httpGet: {host: 127.0.0.1, port: 9099}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS

_PLACES = ("livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop")


@rule(target=KINDS, each=containers, severity=Severity.LOW)
def check(container: Container) -> Iterator[Fail]:
    near = {"", "localhost", "127.0.0.1", "::1"} if container.pod.host_network else {""}
    for place in _PLACES:
        for handler in ("httpGet", "tcpSocket"):
            where = container.where.at(f"{place}.{handler}.host")
            if (where.text or "") not in near:
                yield Fail(where, f"the kubelet asks {where.text}, not the pod", expected="no host")
