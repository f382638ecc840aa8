"""A pod can write to a system folder of its node.

## Why it matters
Writing to `/`, `/etc`, `/var/lib/kubelet` or a like folder is root on the node: a cron job, a kubelet credential, an SSH key,
a replaced binary. A mount is writable unless its `volumeMount` says `readOnly: true`; nothing on the volume can.

## Five whys
1. Why did a node run a miner that no pod owns? A cron job on the node started it.
2. Why was there a cron job? A pod wrote `/etc/cron.d/x`.
3. Why could it? It mounts `/etc` of the node, writable.
4. Why writable? Nobody wrote `readOnly: true`, and the default is false.
5. Why mount it at all? A script wanted to read `/etc/resolv.conf`.

## Fix now
Mount only the one file or subfolder that is needed, with `readOnly: true`; ask whether a ConfigMap, the downward API or an
`emptyDir` does.

## Workaround
`readOnly: true` on the mount today; narrowing the path tomorrow.

## Prevent
`pod-security.kubernetes.io/enforce: baseline` refuses `hostPath` volumes.

## Validate
`kubectl exec POD -- touch MOUNT/x` says `Read-only file system`.

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
          volumeMounts:
            - {name: etc, mountPath: /host/etc}
      volumes:
        - name: etc
          hostPath: {path: /etc} # finding
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
            - {name: etc, mountPath: /host/etc, readOnly: true}
            - {name: state, mountPath: /state}
      volumes:
        - {name: etc, hostPath: {path: /etc/}}
        - {name: state, hostPath: {path: /var/lib/shop-agent}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.host_path import HostPath, host_paths
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=host_paths,
    severity=Severity.HIGH,
    aliases="KSV-0023 AVD-KSV-0023 KSV-0121 AVD-KSV-0121 kube-linter:sensitive-host-mounts kube-linter:writable-host-mount"
    " polaris:hostPathSet kubescape:alert-any-hostpath C-0048 kubescape:alert-rw-hostpath C-0045",
)
def check(place: HostPath) -> Iterator[Fail]:
    if place.sensitive and not place.socket and place.writable:
        message = f"the pod can write to {place.path} of its node, which is as good as root there"
        yield Fail(place.where, message, expected="readOnly: true on the mount, or no mount", related=(place.writable,))
