"""The API server's request timeout is no duration.

## Why it matters
`--request-timeout` takes a number with a unit (`60s`, `1m30s`). A bare number is refused (`time: missing unit in duration`),
the server ends at its start, and with it the control plane of that node.

## Five whys
1. Why does kube-apiserver not come back after the change? It cannot parse its flags.
2. Why not? `--request-timeout=120` has no unit.
3. Why was it written like that? Most other numbers of the manifest have none.

## Fix now
Write the unit: `--request-timeout=120s`. A value over some minutes ties up connections; watches do not need it, they are
exempt.

## Workaround
Remove the flag: the default is one minute.

## Prevent
Start a changed manifest on one control plane node first, and wait for `/readyz`.

## Validate
`crictl ps --name kube-apiserver` shows the container running for more than a minute, and `/readyz` says ok.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --request-timeout=120 # finding
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --request-timeout=1m30s
```

```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --authorization-mode=Node,RBAC
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.HIGH,
    symptoms=(r"time: missing unit in duration",),
)
def check(server: component.Component) -> Iterator[Fail]:
    it = server.given("request-timeout")
    if it is not None and it.text and not re.fullmatch(r"(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+", it.text):
        yield Fail(it.where, "a duration needs a unit, and the server does not start without", expected="a duration such as 60s")
