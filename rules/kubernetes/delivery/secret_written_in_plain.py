"""A Secret with its real value lies in the repository.

## Why it matters
Base64 hides nothing: everybody who can read the repository, its clones, its CI caches and its history has the password, for
ever. Deleting the file does not take it back.

## Five whys
1. Why was the database open to a former contractor? He had the password.
2. Why? It stands in the Secret of the repository that he had cloned.
3. Why was it written there? GitOps applies what lies in the repository, and a Secret is an object like another.
4. Why was it not encrypted? Base64 looks as if it were.

## Fix now
Change the password first, then the repository: an ExternalSecret or SealedSecret of the same name, or SOPS (`sops encrypt
--in-place FILE`). Rewriting the history (`git filter-repo --path FILE --invert-paths`) helps only where nobody has a clone.

## Workaround
Create the Secret by hand (`kubectl create secret generic NAME --from-env-file=FILE`) and keep the manifest out of the
repository until the operator is there.

## Prevent
A pre-commit hook (gitleaks), push protection at the host, and an admission rule that Secrets come from the operator only.

## Validate
`git grep -n 'kind: Secret'` finds encrypted ones only; the old password is refused.

## Bad
```yaml
apiVersion: v1
kind: Secret
metadata: {name: database}
data:
  username: c2hvcA==
  password: aHVudGVyMi1yZWFsbHk= # finding
```

```yaml
apiVersion: v1
kind: Secret
metadata: {name: api}
stringData:
  API_TOKEN: 7f3c9a1e4b2d8f60 # finding
```

## Good
```yaml
apiVersion: v1
kind: Secret
metadata: {name: database}
stringData: {username: shop, password: CHANGE_ME, host: db.shop.svc}
---
apiVersion: v1
kind: Secret
metadata: {name: encrypted}
data: {password: "ENC[AES256_GCM,data:8f7a,iv:aaaa,tag:bbbb,type:str]"}
sops: {version: 3.9.0}
---
apiVersion: v1
kind: Secret
metadata: {name: substituted}
stringData: {password: "${DB_PASSWORD}", token: "<path:secret/data/shop#token>"}
---
apiVersion: v1
kind: Secret
metadata: {name: token, annotations: {kubernetes.io/service-account.name: shop}}
type: kubernetes.io/service-account-token
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: database}
spec: {encryptedData: {password: AgBy3i4OJSWK}}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.hygiene import is_recording, secret_values
from auditor.views.secret import blank

_PUBLIC = re.compile(
    r"(^|[._-])(user(name)?|host(name)?|port|e?mail|database|db(name)?|name|region|url|uri|endpoint|namespace|server|type|ca[._-]?(crt|cert|pem)|"
    r"crt|cert|pub|issuer|client[._-]?id|key[._-]?id|enabled|level)$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"ENC\[|[$%@<{]|ref\+|vault:|.*:path:|-----BEGIN (CERTIFICATE|PUBLIC KEY|SSH2 PUBLIC)", re.IGNORECASE)
_CREDENTIALS = re.compile(r"://[^/\s:@]+:[^/\s@$<{]+@")


@rule(target="Secret", severity=Severity.HIGH, confidence=Confidence.FIRM, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not body.at("sops").missing or is_recording(graph, resource.root):
        return
    for key, node, text in secret_values(resource):
        if _is_secret(key, text) and _is_written(resource, node, text):
            yield Fail(node, "the value of a Secret is written in plain text", expected="a reference to a secret store", secret=True)
            return


def _is_written(resource: Resource, node: Node, text: str) -> bool:
    """Whether somebody wrote it: in a chart, a values file does; what a template makes up is new with each rendering."""
    if resource.history is None:
        return node.span != resource.span
    return any(step.kind == "values" and step.value == text for step in resource.history(node.path))


def _is_secret(key: str, text: str) -> bool:
    if _CREDENTIALS.search(text):
        return True
    value = text.strip()
    return len(value) >= 6 and not _PUBLIC.search(key) and not _ELSEWHERE.match(value) and not blank(value)
