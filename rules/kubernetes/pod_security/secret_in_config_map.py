"""A ConfigMap holds a secret in the clear.

## Why it matters
ConfigMaps are for everybody: the default roles `view` and `edit` read them, they are not encrypted at rest, and tools print
them into logs and tickets. A Secret is none of that.

## Five whys
1. Why could a read-only account open the database? The password stands in a ConfigMap.
2. Why can the account read it? The role `view` gives ConfigMaps, but not Secrets.
3. Why is it in a ConfigMap? The whole configuration file was put there, with the password in it.

## Fix now
Rotate it. Then split the file: what is secret goes into a Secret (mounted beside it, or by variable), the rest stays.

## Workaround
Make the whole file a Secret: mount it from there under the same path.

## Prevent
Scan commits; keep one template per service whose secret parts come from variables.

## Validate
`kubectl get cm NAME -o yaml | grep -iE 'passw|token|secret|key'` shows names and paths only.

## Bad
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  LOG_LEVEL: info
  DB_PASSWORD: kq7-Tolmin-29 # finding
  app.properties: |                    # finding
    db.host=db.shop.internal
    db.password=kq7-Tolmin-29
```

## Good
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  admin_email: admin@shop.example
  PASSWORD_FILE: /run/secrets/db
  SECRET_NAME: shop-db
  DB_PASSWORD: changeme
  app.properties: |
    db.host=db.shop.internal
    db.password=${DB_PASSWORD}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.kubernetes.secret_text import leaks


@rule(
    target="ConfigMap",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    aliases="KSV-0109 AVD-KSV-0109 polaris:sensitiveConfigmapContent kubescape:rule-credentials-configmap C-0012",
)
def check(config: Node) -> Iterator[Fail]:
    for name, value in config.at("data").entries():
        found = sorted(set(leaks(name, value)))
        if found:
            message = f"the ConfigMap seems to hold {found[0]} in the clear (key {name})"
            yield Fail(value, message, expected="a Secret", actual="(not shown)", secret=True)
