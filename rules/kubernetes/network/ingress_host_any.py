"""An Ingress serves every host.

## Why it matters
A rule without `host`, or with `*`, answers for every name that reaches the controller: also for names that an attacker points at its
address, which caches and links then carry, and for paths that another team's ingress should have served.

## Five whys
1. Why does a foreign domain show the shop? Its DNS points at the load balancer, and the ingress answers for any host.
2. Why? The rule names no host, and a rule without one matches all.

## Fix now
Write the host. For a page that should answer everywhere (a 404 of the platform), use the controller's default backend.

## Workaround
Let the application refuse unknown `Host` headers.

## Prevent
An admission policy that asks each rule for a host of the team's own domains.

## Validate
`curl -sI -H 'Host: unknown.example.net' http://ADDRESS/` answers 404.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  rules:
    - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]} # finding
    - host: "*" # finding
      http: {paths: [{path: /x, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
```

## Good
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  rules: [{host: "*.shop.example.org", http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule


@rule(target="Ingress", severity=Severity.INFO)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    for item in body.each("spec.rules"):
        host = item.at("host")
        if isinstance(item.value, dict) and (host.missing or host.text in ("", "*")):
            yield Fail(host, "the rule serves every host", "a host", host.text or "")
