"""An Ingress serves some of its hosts with TLS and forgets one.

## Why it matters
The controller has certificates for the hosts under `spec.tls`; for any other host it answers with its own self-signed certificate.
Browsers refuse it, API clients fail with `certificate is not valid for any names` or `self-signed certificate`, and the hosts beside it
work.

## Five whys
1. Why do clients of `api.example.org` get a certificate error? The controller sends its default certificate.
2. Why? No entry of `spec.tls` lists that host.
3. Why not? The rule was added, and the list of hosts further down was not.

## Fix now
Add the host to `hosts` of a `tls` entry whose Secret has a certificate for it; with cert-manager the certificate is renewed to include it.

## Workaround
Give the host an Ingress of its own with its own Secret.

## Prevent
Generate rules and `tls` from one list of hosts.

## Validate
`openssl s_client -connect HOST:443 -servername HOST </dev/null | openssl x509 -noout -ext subjectAltName` lists the host.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  tls: [{hosts: [shop.example.org], secretName: shop-tls}]
  rules:
    - host: shop.example.org
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
    - host: api.example.org # finding
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: api, port: {number: 80}}}}]}
```

## Good
A wildcard covers one label; an entry without hosts is the certificate for all.

```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  tls: [{hosts: ["*.example.org"], secretName: wildcard}]
  rules: [{host: api.example.org, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: api, port: {number: 80}}}}]}}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: all}
spec:
  tls: [{secretName: wildcard}]
  rules: [{host: api.example.org, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: api, port: {number: 80}}}}]}}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.ingress_tls import covers, ends_elsewhere


@rule(
    target="Ingress",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=[r"certificate is (?:not )?valid for", r"[Ii]ngress [Cc]ontroller [Ff]ake [Cc]ertificate"],
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    entries = list(body.each("spec.tls"))
    if not entries or any(entry.at("hosts").missing for entry in entries) or ends_elsewhere(resource):
        return
    hosts = [text for entry in entries for host in entry.each("hosts") if (text := host.text)]
    for rule_ in body.each("spec.rules"):
        host = rule_.at("host")
        text = host.text
        if text and not any(covers(it, text) for it in hosts):
            yield Fail(host, f"no tls entry lists the host {text}", f"one of {', '.join(sorted(hosts)[:5])}", text)
