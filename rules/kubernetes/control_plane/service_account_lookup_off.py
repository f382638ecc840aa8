"""The tokens of deleted service accounts still work.

## Why it matters
With the lookup off the API server trusts the signature of a token and does not ask whether its ServiceAccount still exists.
Deleting the account, the usual answer to a leaked token, then changes nothing: the token lives until it expires, and old ones
never do.

## Five whys
1. Why did the leaked token still work after the account was deleted? Nobody asked whether it exists.
2. Why not? `--service-account-lookup=false`.
3. Why was it set? To save a read of etcd for each request, years ago.

## Fix now
Remove `--service-account-lookup=false`; the default is true. Restart the API servers one after the other.

## Workaround
Until then a leaked token is stopped only by new signing keys: rotate `--service-account-key-file` and restart everything that
uses tokens.

## Prevent
Bound tokens that expire (`kubectl create token`), no Secrets of type `kubernetes.io/service-account-token`.

## Validate
Delete a test account; a request with its token answers 401 within seconds.

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
        - kube-apiserver
        - --service-account-lookup=false # finding
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
        - --service-account-lookup=true
```

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
        - --authorization-mode=Node,RBAC
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.MEDIUM,
    aliases="KCV-0024 AVD-KCV-0024 ensure-that-the-api-server-service-account-lookup-argument-is-set-to-true CIS-1.2.23",
)
def check(server: component.Component) -> Iterator[Fail]:
    it = server.flag("service-account-lookup")
    if it is not None and it.is_false:
        yield Fail(
            it.where,
            "tokens of deleted service accounts are accepted",
            expected="--service-account-lookup=true",
            actual=server.shown("service-account-lookup"),
        )
