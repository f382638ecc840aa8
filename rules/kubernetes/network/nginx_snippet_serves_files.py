"""A snippet of an Ingress serves files of the controller.

## Why it matters
`alias` in a snippet maps a URL to a path in the controller's container: with `/var/run/secrets/` or `/etc/ingress-controller/` behind it,
whoever knows the URL downloads the controller's token and the keys of all certificates (CVE-2021-25742).

## Five whys
1. Why could the token be downloaded? A location of nginx served the folder in which it lies.
2. Who wrote that location? An Ingress, by a snippet with `alias`.

## Fix now
Remove the snippet, and renew the controller's token and the certificates whose keys lay in that folder.

## Workaround
Set `allow-snippet-annotations: "false"` in the controller's ConfigMap.

## Prevent
Serve files from a pod of their own; deny snippets by an admission policy.

## Validate
`kubectl get ingress -A -o yaml | grep -cE '^ +alias '` prints 0.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/server-snippet: | # finding
      location /files/ { alias /etc/ingress-controller/; }
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
```

## Good
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations: {nginx.ingress.kubernetes.io/server-alias: www.example.org}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.nginx import snippets


@rule(target="Ingress", severity=Severity.HIGH, aliases="CKV_K8S_154")
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    for key, node in snippets(resource):
        if re.search(r"\balias\b", node.text or ""):
            yield Fail(node, f"{key.rpartition('/')[2]} serves files of the controller by alias", "no snippet")
