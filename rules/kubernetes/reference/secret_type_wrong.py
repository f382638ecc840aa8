"""A Secret has another type than its use needs.

## Why it matters
An Ingress needs a Secret with `tls.crt` and `tls.key`, a pull needs one of type `kubernetes.io/dockerconfigjson`. With another type the
reference holds, and is ignored: the controller serves its own certificate, the kubelet pulls without credentials.

## Five whys
1. Why does the host show the controller's own certificate? It found no key in the Secret.
2. Why not? The Secret is Opaque, with `cert.pem` and `key.pem`.
3. Why? It was made with `kubectl create secret generic` in place of `kubectl create secret tls`.

## Fix now
Make it again with the right command; the type of a Secret cannot be changed:
`kubectl create secret tls web-tls --cert=web.crt --key=web.key --dry-run=client -o yaml | kubectl replace --force -f -`.

## Workaround
Make a second Secret with the right type and name that one.

## Prevent
Let cert-manager make certificates; make pull secrets with `kubectl create secret docker-registry`.

## Validate
`kubectl get secret web-tls -o jsonpath='{.type}'` prints `kubernetes.io/tls`.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  tls:
    - hosts: [shop.example.org]
      secretName: web-tls # finding
  defaultBackend: {service: {name: web, port: {number: 80}}}
---
apiVersion: v1
kind: Secret
metadata: {name: web-tls}
stringData: {cert.pem: from-vault, key.pem: from-vault}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  imagePullSecrets:
    - name: registry # finding
  containers: [{name: web, image: "registry.example.org/web:1.4.2"}]
---
apiVersion: v1
kind: Secret
metadata: {name: registry}
type: Opaque
stringData: {user: a}
```

## Good
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  tls: [{hosts: [shop.example.org], secretName: web-tls}, {hosts: [a.example.org], secretName: opaque-but-complete}]
  defaultBackend: {service: {name: web, port: {number: 80}}}
---
apiVersion: v1
kind: Secret
metadata: {name: web-tls}
type: kubernetes.io/tls
---
apiVersion: v1
kind: Secret
metadata: {name: opaque-but-complete}
stringData: {tls.crt: from-vault, tls.key: from-vault}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  imagePullSecrets: [{name: registry}]
  containers: [{name: web, image: "registry.example.org/web:1.4.2"}]
---
apiVersion: v1
kind: Secret
metadata: {name: registry}
type: kubernetes.io/dockerconfigjson
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.kubernetes.secret_use import USERS, SecretUse, is_fit, look_up_secret, uses


@rule(target=USERS, each=uses, severity=Severity.MEDIUM)
def check(use: SecretUse, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found = look_up_secret(use, resource, graph).targets
    if found and not any(is_fit(secret, use) for secret in found):
        kind = found[0].at("type").text or "Opaque"
        yield Fail(use.where, f"the Secret {use.name} is of type {kind}, which is of no use for {use.purpose}", use.wanted, kind)
