r"""A pod mounts the socket of the node's container runtime.

## Why it matters
Whoever talks to the runtime's socket starts containers on the node that nobody admits: privileged, with the node's disk
mounted, invisible to Kubernetes, its policies and its audit log. `readOnly` on the mount changes nothing; it guards the file,
not the connection.

## Five whys
1. Why could a build job read the cluster's certificates? It started a privileged container with `/` mounted.
2. Why did no policy refuse that container? It never passed the API server: it was started through `docker.sock`.
3. Why had the job that socket? The pipeline builds images with `docker build`.
4. Why that way? It worked on the old build host, and was copied.

## Fix now
Build without the socket (BuildKit rootless, kaniko, `buildah --isolation chroot`); read logs and metrics through the kubelet
or CRI tools of a node agent instead. Remove the volume and the mount.

## Workaround
Run these builds on nodes of their own (taint), recycled daily, with no other workload and no cloud role.

## Prevent
`pod-security.kubernetes.io/enforce: baseline` refuses `hostPath`; keep one namespace for agents that need it.

## Validate
`kubectl get pods -A -o json | jq -r '.items[] | select(.spec.volumes[]?.hostPath.path | strings |
test("\\.sock$|/run/containerd")) | .metadata.name'` prints nothing unexpected.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: builder}
spec:
  selector: {matchLabels: {app: builder}}
  template:
    metadata: {labels: {app: builder}}
    spec:
      containers:
        - name: build
          image: shop/build:2.1.0
          volumeMounts: [{name: docker, mountPath: /var/run/docker.sock, readOnly: true}]
      volumes:
        - name: docker
          hostPath:
            path: /var/run/docker.sock # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: builder}
spec:
  selector: {matchLabels: {app: builder}}
  template:
    metadata: {labels: {app: builder}}
    spec:
      containers:
        - name: build
          image: shop/build:2.1.0
          volumeMounts: [{name: work, mountPath: /work}, {name: logs, mountPath: /logs, readOnly: true}]
      volumes:
        - {name: work, emptyDir: {}}
        - {name: logs, hostPath: {path: /var/log/pods}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.kubernetes.host_path import HostPath, host_paths
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=host_paths,
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
    aliases="CKV_K8S_27 KSV-0006 AVD-KSV-0006 KSV-0023 AVD-KSV-0023 KSV-0121 AVD-KSV-0121 kube-linter:docker-sock"
    " kube-linter:writable-host-mount polaris:hostPathSet kubescape:containers-mounting-docker-socket C-0074"
    " kubescape:alert-any-hostpath C-0048",
)
def check(place: HostPath) -> Iterator[Fail]:
    if place.socket:
        message = "the pod mounts the socket of the container runtime, through which it rules the node"
        yield Fail(place.where, message, expected="no path of the runtime", related=place.mounts)
