"""The ingress controller has a version that lets strangers take over the cluster.

## Why it matters
Before 1.11.5 (and in 1.12.0) whoever reaches the admission webhook of ingress-nginx, which is every pod, runs code in the controller
without any credentials (CVE-2025-1974); the controller may read all Secrets. Before 0.49.1 (and in 1.0.0) snippets cannot be switched off
(CVE-2021-25742).

## Five whys
1. Why could a pod without rights read all Secrets? It made the ingress controller run its code.
2. How? It sent a configuration to the controller's webhook, which loads it to test it.
3. Why was the hole open? The image is older than the version that closed it.

## Fix now
Update the image to 1.11.5, 1.12.1 or later, and plan the move to another controller: the project has ended.

## Workaround
Delete the ValidatingWebhookConfiguration `ingress-nginx-admission` and remove `--validating-webhook` from the arguments; a policy that
admits only the API server to port 8443 of the controller does as well.

## Prevent
Scan images in the registry, and let a bot open the update.

## Validate
`kubectl exec -n ingress-nginx deploy/ingress-nginx-controller -- /nginx-ingress-controller --version` prints the new version.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress-nginx-controller, namespace: ingress-nginx}
spec:
  selector: {matchLabels: {app: ingress-nginx}}
  template:
    metadata: {labels: {app: ingress-nginx}}
    spec:
      containers:
        - name: controller
          image: registry.k8s.io/ingress-nginx/controller:v1.11.2 # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress-nginx-controller, namespace: ingress-nginx}
spec:
  selector: {matchLabels: {app: ingress-nginx}}
  template:
    metadata: {labels: {app: ingress-nginx}}
    spec:
      containers:
        - {name: controller, image: "registry.k8s.io/ingress-nginx/controller:v1.12.1"}
        - {name: f5, image: "nginx/nginx-ingress:3.4.0"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.nginx import controller_version
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.CRITICAL,
    confidence=Confidence.FIRM,
    aliases="kubescape:nginx-ingress-snippet-annotation-vulnerability C-0059",
)
def check(container: Container, resource: Resource, graph: Graph) -> Iterator[Fail]:
    version = controller_version(container)
    if version is None:
        return
    words = ".".join(map(str, version))
    if version < (0, 49, 1) or version == (1, 0, 0):
        message = f"ingress-nginx {words} has CVE-2021-25742 and CVE-2025-1974"
    elif version < (1, 11, 5) or version == (1, 12, 0):
        message = f"ingress-nginx {words} has CVE-2025-1974: every pod can run code in it"
    else:
        return
    yield Fail(container.where.at("image"), message, "1.11.5, 1.12.1 or later", words)
