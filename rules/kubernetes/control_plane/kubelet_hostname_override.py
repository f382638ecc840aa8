r"""A kubelet calls its node by another name than the machine's.

## Why it matters
Certificates, DNS and the cloud provider know the machine by its own name. With another one, TLS to the kubelet may fail to
verify, the cloud controller may delete the Node as gone, and logs of machine and node cannot be matched.

## Five whys
1. Why did the cloud controller delete a living node? It found no instance of that name.
2. Why not? The kubelet registers under the name of `--hostname-override`.
3. Why was it set? Two machines were called localhost.

## Fix now
Give the machine the right name (`hostnamectl set-hostname NAME`), drain the node, remove the flag, delete the Node object,
restart the kubelet.

## Workaround
Issue the serving certificate for both names.

## Prevent
Names from the cloud's metadata at boot; on EKS, GKE and AKS the flag is the platform's business.

## Validate
`kubectl get node -o jsonpath='{.items[*].metadata.labels.kubernetes\.io/hostname}'` equals `hostname` on each machine.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kubelet, namespace: kube-system}
spec:
  containers:
    - name: kubelet
      image: example.net/kubelet:v1.34.1
      command:
        - kubelet
        - --hostname-override=node-1 # finding
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kubelet, namespace: kube-system}
spec:
  containers:
    - name: kubelet
      image: example.net/kubelet:v1.34.1
      command:
        - kubelet
        - --rotate-certificates=true
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.NODE_KINDS,
    each=component.kubelets,
    severity=Severity.LOW,
    aliases="CKV_K8S_146 KCV-0086 AVD-KCV-0086",
)
def check(kubelet: component.Component) -> Iterator[Fail]:
    it = kubelet.given("hostname-override")
    if it is not None and it.text != "":
        yield Fail(it.where, "the node has another name than its machine", expected="no --hostname-override")
