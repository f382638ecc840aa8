"""A snippet of an Ingress runs Lua in the controller, or reaches for its token.

## Why it matters
Lua in a snippet runs inside ingress-nginx with all that it may do: read every Secret of the cluster. A path such as
`/var/run/secrets/kubernetes.io` in a snippet is the controller's own token. Both are how CVE-2021-25742 is used, and hardly ever needed.

## Five whys
1. Why did the token of the controller appear in an access log? A Lua block in a snippet printed it.
2. Why may an Ingress run Lua? Snippets are allowed, and the controller's nginx has Lua built in.

## Fix now
Remove the block; look into the logs whether it was served, and renew the controller's token (`kubectl rollout restart
deploy/ingress-nginx-controller`).

## Workaround
Set `allow-snippet-annotations: "false"` in the controller's ConfigMap; it takes effect with the next reload.

## Prevent
Deny snippets by an admission policy over the annotations of ingresses.

## Validate
`kubectl exec deploy/ingress-nginx-controller -n ingress-nginx -- grep -c 'by_lua_block' /etc/nginx/nginx.conf` prints only the
controller's own number.

## Bad
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/server-snippet: | # finding
      location /t { content_by_lua 'ngx.say(1)'; }
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
```

## Good
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/server-snippet: "client_max_body_size 1m;"
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.nginx import snippets

_CODE = re.compile(r"\blua_|_lua\b|_lua_|\bkubernetes\.io\b")


@rule(target="Ingress", severity=Severity.CRITICAL, aliases="CKV_K8S_152")
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    for key, node in snippets(resource):
        if _CODE.search(node.text or ""):
            yield Fail(node, f"{key.rpartition('/')[2]} runs Lua in the controller, or names its secrets", "no snippet")
