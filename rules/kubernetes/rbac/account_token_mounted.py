"""A service account gives its token to every pod that runs as it.

## Why it matters
Pods get the token unless they say no themselves. With `automountServiceAccountToken: false` on the account it is the other
way round: only a pod that calls the API asks for it, and that stands in its manifest.

## Five whys
1. Why had the sidecar pod a token that it never used? Its account mounts it.
2. Why did the pod not say no? Nobody thought of it.
3. Why does the account not? True is the default.

## Fix now
`automountServiceAccountToken: false` on the account, `true` on the pods that call the API server, then a rollout.

## Workaround
An account without bindings: its token opens only discovery.

## Prevent
False in the template of service accounts.

## Validate
`kubectl get sa NAME -n NS -o jsonpath='{.automountServiceAccountToken}'` prints `false`.

## Bad
```yaml
apiVersion: v1 # finding
kind: ServiceAccount
metadata: {name: web, namespace: shop}
```

## Good
```yaml
apiVersion: v1
kind: ServiceAccount
metadata: {name: web, namespace: shop}
automountServiceAccountToken: false
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: default, namespace: shop}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(target="ServiceAccount", severity=Severity.INFO, aliases="FG_R00484")
def check(body: Node) -> Iterator[Fail]:
    where = body.at("automountServiceAccountToken")
    if body.at("metadata.name").text != "default" and where.flag is not False:
        message = "the service account gives its token to every pod that runs as it"
        yield Fail(where, message, expected="false", actual="not set, which means true")
