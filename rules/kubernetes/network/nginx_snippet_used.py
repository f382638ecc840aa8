"""An Ingress writes raw configuration into the shared nginx.

## Why it matters
The text of a `*-snippet` annotation is pasted into the configuration of ingress-nginx, which runs for all namespaces and may read their
Secrets: who may create an Ingress so reads the certificates and tokens of everybody (CVE-2021-25742). One broken snippet also stops the
reload for all hosts.

## Five whys
1. Why could a developer of one team read the Secrets of another? His Ingress made the controller print its token.
2. How? By a snippet: the controller copies the text into nginx.conf.
3. Why are snippets allowed? `allow-snippet-annotations` was switched on for one redirect.

## Fix now
Replace the snippet by the annotation that does the same (`rewrite-target`, `permanent-redirect`, `custom-headers`, `enable-cors`), and set
`allow-snippet-annotations: "false"` in the controller's ConfigMap.

## Workaround
Keep the controller for this namespace alone (its own class, `--watch-namespace`), so that it sees no foreign Secrets.

## Prevent
`annotations-risk-level: High` in the controller's ConfigMap refuses critical annotations.

## Validate
`kubectl get ingress -A -o yaml | grep -c 'snippet:'` prints 0.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/configuration-snippet: | # finding
      more_set_headers "X-Team: shop";
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
```

## Good
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations: {nginx.ingress.kubernetes.io/permanent-redirect: "https://shop.example.org"}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.nginx import snippets


@rule(target="Ingress", severity=Severity.MEDIUM, aliases="CKV_K8S_153")
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    for key, node in snippets(resource):
        yield Fail(node, f"{key.rpartition('/')[2]} is pasted into the configuration that all hosts share", "an annotation of its own")
