"""An Ingress serves its hosts without TLS.

## Why it matters
Without `spec.tls` the controller serves the host over plain HTTP, or over HTTPS with its own self-signed certificate: sessions and
passwords cross the network readable, and browsers warn.

## Five whys
1. Why was a session stolen in the café? It crossed the network in plain text.
2. Why? The host is served over HTTP.
3. Why? Its Ingress has no `tls` section.
4. Why was none written? It worked without.

## Fix now
Add `spec.tls: [{hosts: [HOST], secretName: NAME}]`; with cert-manager one annotation (`cert-manager.io/cluster-issuer`) makes the
certificate.

## Workaround
Let a load balancer in front terminate TLS and redirect port 80; say so with the annotation of the cloud, and this finding is gone.

## Prevent
An admission policy that asks every Ingress for `spec.tls`; redirects from HTTP on by default in the controller.

## Validate
`curl -sI https://HOST/` succeeds without `-k`.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  rules: # finding
    - host: shop.example.org
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
```

## Good
The load balancers of AWS and Google terminate TLS by annotation.

```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  tls: [{hosts: [shop.example.org], secretName: shop-tls}]
  rules: [{host: shop.example.org, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: alb
  annotations: {alb.ingress.kubernetes.io/certificate-arn: "arn:aws:acm:eu-west-1:111122223333:certificate/0"}
spec:
  rules: [{host: shop.example.org, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.ingress_tls import ends_elsewhere


@rule(
    target="Ingress",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="kubescape:ingress-no-tls C-0263 polaris:tlsSettingsMissing",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if body.at("spec.tls").missing and not ends_elsewhere(resource):
        yield Fail(body.at("spec.tls"), "the Ingress has no tls section", "spec.tls")
