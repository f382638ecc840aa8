r"""A Windows container is a process of its node.

## Why it matters
A `hostProcess` container runs directly on the Windows node, with its network and the file system of the node, as the user
that `runAsUserName` says (`NT AUTHORITY\SYSTEM` at worst). There is no container around it.

## Five whys
1. Why could the pod change the node's registry? It is a process of the node.
2. Why? `hostProcess: true`.
3. Why? It installs a driver at start.

## Fix now
Remove it from everything but the agents that manage nodes; run those as `NT AUTHORITY\LOCAL SERVICE`.

## Workaround
Select a node pool of its own and pin the image by digest.

## Prevent
`pod-security.kubernetes.io/enforce: baseline` refuses it.

## Validate
`kubectl get pod POD -o jsonpath='{..hostProcess}'` prints nothing.

## Bad
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
      securityContext:
        windowsOptions: {hostProcess: true, runAsUserName: 'NT AUTHORITY\SYSTEM'} # finding
      containers:
        - {name: agent, image: "shop/agent:1.0.0"}
```

## Good
```yaml
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      securityContext: {windowsOptions: {runAsUserName: ContainerUser}}
      containers:
        - {name: agent, image: "shop/agent:1.0.0"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.security_standard import contexts
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.HIGH,
    aliases="KSV-0103 AVD-KSV-0103 polaris:hostProcess kubescape:set-hostprocess-true",
)
def check(pod: Pod) -> Iterator[Fail]:
    for context in contexts(pod):
        where = context.at("windowsOptions.hostProcess")
        if where.flag is True:
            yield Fail(where, "the container is a process of its Windows node", expected="false")
