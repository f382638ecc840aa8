"""Tokens of pods are good for a year instead of an hour.

## Why it matters
The kubelet asks for tokens of an hour, and the API server extends those of the default volume to a year, so that old clients
which never reread the file go on working. A token that leaks in a log or a dump is then good for that long, as long as its
pod exists.

## Five whys
1. Why did the token of the dump still work after a month? It had been issued for a year.
2. Why, when the volume asks for 3607 seconds? `--service-account-extend-token-expiration` is true by default.
3. Why? It was made for clients of 2021 that read the token only once.

## Fix now
See who needs it: metric `serviceaccount_stale_tokens_total` and the audit annotation `authentication.k8s.io/stale-token`.
Nobody: pass `--service-account-extend-token-expiration=false`.

## Workaround
Mount a projected token with its own `expirationSeconds` in the pods that matter; only the default volume is extended.

## Prevent
Client libraries of the last three years reread the token; upgrade the rest.

## Validate
`cut -d. -f2 TOKEN | base64 -d | jq '.exp-.iat'` prints 3607.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver # finding
        - --authorization-mode=Node,RBAC
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --service-account-extend-token-expiration=false
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.INFO,
    aliases="ensure-that-the-api-server-service-account-extend-token-expiration-is-set-to-false",
)
def check(server: component.Component) -> Iterator[Fail]:
    it = server.flag("service-account-extend-token-expiration")
    if it is None or not it.is_false:
        yield Fail(
            server.place("service-account-extend-token-expiration"),
            "tokens of pods are valid for a year",
            expected="--service-account-extend-token-expiration=false",
            actual=server.shown("service-account-extend-token-expiration"),
        )
