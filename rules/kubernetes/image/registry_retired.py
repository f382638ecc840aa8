r"""An image comes from a registry that is retired.

## Why it matters
`k8s.gcr.io`, `gcr.io/google_containers` and `gcr.io/kubernetes-helm` are frozen or gone: no new versions, no repairs, and one
day no pulls. A pod that moves to a new node then ends in `ImagePullBackOff`.

## Five whys
1. Why is the DNS addon down after the node upgrade? `ImagePullBackOff`.
2. Why? `k8s.gcr.io` does not serve the image.
3. Why is it asked? The manifest is from before 2023, when the registry moved.

## Fix now
Replace `k8s.gcr.io/` by `registry.k8s.io/`; take another source for images of retired projects.

## Workaround
Mirror the image into your own registry while the old one still answers.

## Prevent
Pull everything through your own registry's proxy.

## Validate
`kubectl get pods -A -o jsonpath='{..image}' | tr ' ' '\n' | grep -E 'k8s.gcr.io|google_containers'` prints nothing.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: dns, namespace: kube-system}
spec:
  selector: {matchLabels: {app: dns}}
  template:
    metadata: {labels: {app: dns}}
    spec:
      containers:
        - name: dns
          image: k8s.gcr.io/coredns/coredns:v1.8.6 # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: dns, namespace: kube-system}
spec:
  selector: {matchLabels: {app: dns}}
  template:
    metadata: {labels: {app: dns}}
    spec:
      containers:
        - {name: dns, image: "registry.k8s.io/coredns/coredns:v1.11.3"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS

_RETIRED = ("gcr.io/google_containers/", "gcr.io/google-containers/", "gcr.io/kubernetes-helm/", "quay.io/kubernetes-ingress-controller/")


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.MEDIUM,
    aliases="kubescape:rule-identify-old-k8s-registry C-0253",
    symptoms=("ImagePullBackOff", "k8s.gcr.io.*(not found|denied|forbidden)"),
)
def check(container: Container) -> Iterator[Fail]:
    image = container.image
    if image is not None and (image.host.endswith("k8s.gcr.io") or f"{image.host}/{image.repository}".startswith(_RETIRED)):
        message = f"the image comes from {image.host}, from a part of it that is retired"
        yield Fail(container.where.at("image"), message, expected="registry.k8s.io")
