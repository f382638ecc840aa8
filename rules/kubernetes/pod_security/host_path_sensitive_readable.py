"""A pod can read a system folder of its node.

## Why it matters
Reading `/etc`, `/var/lib/kubelet`, `/proc` or `/` of the node shows credentials: the kubelet's key, service account tokens
and Secrets of every pod on the node (`/var/lib/kubelet/pods/*/volumes`), cloud credentials and SSH host keys.

## Five whys
1. Why had an attacker the tokens of other namespaces? They lie in `/var/lib/kubelet/pods` on the node.
2. Why could he read that? The broken pod mounts `/var/lib/kubelet`.
3. Why the whole folder? The agent needs one subfolder of it, and the manual showed the parent.

## Fix now
Mount the one subfolder or file that is read (`/var/log/pods`, `/etc/os-release`), keep `readOnly: true`.

## Workaround
Run the process as a non-root user: most of these files are readable for root only.

## Prevent
`pod-security.kubernetes.io/enforce: baseline` for applications, a namespace of its own for node agents.

## Validate
`kubectl exec POD -- ls MOUNT` shows only what the program reads.

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
      containers:
        - name: agent
          image: shop/agent:1.0.0
          volumeMounts: [{name: kubelet, mountPath: /kubelet, readOnly: true}]
      volumes:
        - name: kubelet
          hostPath: {path: /var/lib/kubelet/pods} # finding
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
      containers:
        - name: agent
          image: shop/agent:1.0.0
          volumeMounts:
            - {name: logs, mountPath: /logs, readOnly: true}
            - {name: zone, mountPath: /etc/localtime, readOnly: true}
      volumes:
        - {name: logs, hostPath: {path: /var/log}}
        - {name: zone, hostPath: {path: /etc/localtime}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.host_path import HostPath, host_paths
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=host_paths,
    severity=Severity.MEDIUM,
    aliases="KSV-0023 AVD-KSV-0023 KSV-0121 AVD-KSV-0121 kube-linter:sensitive-host-mounts polaris:hostPathSet"
    " kubescape:alert-any-hostpath C-0048",
)
def check(place: HostPath) -> Iterator[Fail]:
    if place.sensitive and not place.socket and place.writable is None:
        yield Fail(place.where, f"the pod can read {place.path} of its node", expected="only the file that it needs", related=place.mounts)
