"""A container gets a capability that reaches beyond it.

## Why it matters
`NET_ADMIN` rewrites routes and firewall rules (of the node, with `hostNetwork`), `SYS_PTRACE` reads the memory of other
processes, `DAC_READ_SEARCH` opens any file by its handle, `SYS_TIME` sets the node's clock and breaks every certificate and
log on it.

## Five whys
1. Why did all certificates on a node expire at once? Its clock was set a year ahead.
2. Why could that happen? A pod had `SYS_TIME`.
3. Why? A test of time zones asked for it, and stayed.

## Fix now
Drop it and see what fails; most programs that ask for `NET_ADMIN` only want a port below 1024 (`NET_BIND_SERVICE`), most that
ask for `SYS_PTRACE` only their own processes.

## Workaround
An init container with the capability for the one step at start, the others without.

## Prevent
`pod-security.kubernetes.io/enforce: baseline` refuses all of these.

## Validate
`kubectl get pod POD -o jsonpath='{.spec.containers[*].securityContext.capabilities.add}'` is empty or `["NET_BIND_SERVICE"]`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: vpn}
spec:
  selector: {matchLabels: {app: vpn}}
  template:
    metadata: {labels: {app: vpn}}
    spec:
      containers:
        - name: vpn
          image: shop/vpn:1.0.0
          securityContext:
            capabilities:
              drop: [ALL]
              add: ["NET_ADMIN"] # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: vpn}
spec:
  selector: {matchLabels: {app: vpn}}
  template:
    metadata: {labels: {app: vpn}}
    spec:
      containers:
        - name: vpn
          image: shop/vpn:1.0.0
          securityContext: {capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.capability import DANGEROUS, added
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.MEDIUM,
    aliases="KSV-0022 AVD-KSV-0022 CKV_K8S_25 KSV-0106 AVD-KSV-0106 FG_R00492 polaris:dangerousCapabilities"
    " kubescape:insecure-capabilities C-0046",
)
def check(container: Container) -> Iterator[Fail]:
    for where, name in added(container):
        if name in DANGEROUS:
            yield Fail(where, f"the container gets the capability {name}, which reaches beyond it")
