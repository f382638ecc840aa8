"""A pod reads a folder of its node.

## Why it matters
What a pod finds in a `hostPath` depends on the node it runs on: other contents, other permissions, or nothing at all after
the node is replaced. The baseline level of the Pod Security Standards refuses the volume type as a whole.

## Five whys
1. Why does the pod work on two nodes of three? The third has no `/opt/models`.
2. Why does it need that folder? The model files are copied to nodes by hand.
3. Why not shipped with the pod? They are large, and an image volume was not known.

## Fix now
Ship the files in the image, in an image volume, a ConfigMap or a claim; a node agent that reads the node's logs may stay as
it is, suppressed with that reason.

## Workaround
`nodeSelector` for the nodes that have the folder, and `type: Directory` so that a pod elsewhere fails at once with a clear
event.

## Prevent
`pod-security.kubernetes.io/enforce: baseline` on the namespaces of applications.

## Validate
`kubectl describe pod POD` shows no volume of type `HostPath`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: search}
spec:
  selector: {matchLabels: {app: search}}
  template:
    metadata: {labels: {app: search}}
    spec:
      containers:
        - name: search
          image: shop/search:1.0.0
          volumeMounts: [{name: models, mountPath: /models, readOnly: true}]
      volumes:
        - name: models
          hostPath: {path: /opt/models} # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: search}
spec:
  selector: {matchLabels: {app: search}}
  template:
    metadata: {labels: {app: search}}
    spec:
      containers:
        - name: search
          image: shop/search:1.0.0
          volumeMounts: [{name: models, mountPath: /models, readOnly: true}]
      volumes:
        - {name: models, persistentVolumeClaim: {claimName: models, readOnly: true}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.host_path import HostPath, host_paths
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=host_paths,
    severity=Severity.INFO,
    aliases="KSV-0023 AVD-KSV-0023 polaris:hostPathSet kubescape:alert-any-hostpath C-0048",
)
def check(place: HostPath) -> Iterator[Fail]:
    if not place.sensitive and not place.socket and place.writable is None:
        yield Fail(place.where, f"the pod reads {place.path} of its node", expected="a volume that does not depend on the node")
