r"""An annotation of an Ingress breaks out of the line of nginx that it fills.

## Why it matters
Old versions of ingress-nginx paste `auth-url`, `auth-tls-match-cn` and `mirror-*` into nginx.conf as they are: a brace, a semicolon or a
line end in them starts new directives, and with them code in the controller (CVE-2025-1097, CVE-2025-1098, CVE-2025-24514). A real URL
has none of these characters.

## Five whys
1. Why did the controller load a foreign module? A directive in nginx.conf told it to.
2. Who wrote it? The value of an annotation, after a `}` that ended the block it stood in.

## Fix now
Write the plain URL (percent-encode what is odd in it), and update the controller to 1.11.5, 1.12.1 or later. A value like this in
production is an incident: look who wrote it.

## Workaround
Switch off the admission webhook and the annotations (`enable-annotation-validation: "true"`) until the controller is updated.

## Prevent
Allow only one team to write ingresses in namespaces without review.

## Validate
`kubectl get ingress -A -o yaml | grep -E 'auth-url|match-cn|mirror-'` shows plain URLs.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/auth-url: "http://example.org/#;}}}\nssl_engine x" # finding
spec:
  ingressClassName: nginx
  defaultBackend: {service: {name: web, port: {number: 80}}}
```

## Good
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/auth-url: "https://auth.example.org/verify?rd=1"
    nginx.ingress.kubernetes.io/auth-tls-match-cn: "CN=client"
spec:
  ingressClassName: nginx
  defaultBackend: {service: {name: web, port: {number: 80}}}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule

_KEYS = ("auth-url", "auth-tls-match-cn", "mirror-target", "mirror-host")
_URL = re.compile(r"https?://\S*[<>\"{}|^`\\]|https?://[^\s]*[\r\n]+\S")
_NAME = re.compile(r"CN=[^\n]*[\r\n#{};|]")


@rule(target="Ingress", severity=Severity.CRITICAL, confidence=Confidence.FIRM, aliases="KCV-0093 AVD-KCV-0093")
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    for key in _KEYS:
        node = body.at(f'metadata.annotations["nginx.ingress.kubernetes.io/{key}"]')
        text = node.text or ""
        if _URL.search(text) or _NAME.search(text):
            yield Fail(node, f"{key} holds characters that end a directive of nginx", "a plain value")
