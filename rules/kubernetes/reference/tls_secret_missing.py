"""An Ingress or Gateway names a certificate that is not there.

## Why it matters
The controller finds no Secret of that name and serves its own self-signed certificate for the host (ingress-nginx), or no listener at all
(Gateways): browsers and clients refuse the connection.

## Five whys
1. Why do all clients report an invalid certificate? They get the controller's own one.
2. Why? The Secret `shop-tls` does not exist in the namespace of the Ingress.
3. Why not? cert-manager makes it only when the Ingress has its annotation, or a Certificate asks for it.

## Fix now
Add the annotation `cert-manager.io/cluster-issuer`, or a Certificate with that `secretName`, or the Secret itself:
`kubectl create secret tls shop-tls --cert=web.crt --key=web.key -n NAMESPACE`.

## Workaround
The wildcard certificate as the controller's default (`--default-ssl-certificate`), and no `secretName`.

## Prevent
Watch `ssl_certificate_expire_time` or probe the hosts from outside.

## Validate
`openssl s_client -connect HOST:443 -servername HOST </dev/null | openssl x509 -noout -issuer` names the authority.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  tls:
    - hosts: [shop.example.org]
      secretName: shop-tls # finding
  defaultBackend: {service: {name: web, port: {number: 80}}}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: shop}
spec: {secretName: shop-cert, issuerRef: {name: ca}}
---
apiVersion: v1
kind: Secret
metadata: {name: shop-tsl}
type: kubernetes.io/tls
```

## Good
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, annotations: {cert-manager.io/cluster-issuer: letsencrypt}}
spec:
  tls: [{hosts: [shop.example.org], secretName: shop-tls}]
  defaultBackend: {service: {name: web, port: {number: 80}}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge}
spec: {listeners: [{name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: edge-tls}]}}]}
---
apiVersion: v1
kind: Secret
metadata: {name: edge-tls}
type: kubernetes.io/tls
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.secret_use import SecretUse, look_up_secret, uses


@rule(
    target="Ingress Gateway",
    each=uses,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"Error getting SSL certificate", r"local SSL certificate \S+ was not found", r"InvalidCertificateRef"],
)
def check(use: SecretUse, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found = look_up_secret(use, resource, graph).decided(resource)
    if found.missing:
        yield Fail(use.where, f"the {resource.kind} names {found.says(f'the Secret {use.name}')}", "a Secret that exists", use.name)
