"""The service account default gives its token to every pod.

## Why it matters
The token is in each pod that does not refuse it, under `/var/run/secrets/kubernetes.io/serviceaccount`: whoever reads a file
in a pod can speak to the API server. Without rights it still tells versions, and with the next binding it may do more.

## Five whys
1. Why could an intruder query the API server? The pod had a token.
2. Why? The account `default` mounts it.
3. Why? `automountServiceAccountToken` is not false, and true is the default.

## Fix now
`kubectl patch serviceaccount default -n NS -p '{"automountServiceAccountToken": false}'`; pods that call the API set it to
true, with an account of their own.

## Workaround
`automountServiceAccountToken: false` on the pods.

## Prevent
The account `default` in the template of namespaces.

## Validate
`kubectl exec POD -- ls /var/run/secrets/kubernetes.io` says that it does not exist.

## Bad
```yaml
apiVersion: v1 # finding
kind: ServiceAccount
metadata: {name: default, namespace: shop}
```

## Good
```yaml
apiVersion: v1
kind: ServiceAccount
metadata: {name: default, namespace: shop}
automountServiceAccountToken: false
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web, namespace: shop}
automountServiceAccountToken: true
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(
    target="ServiceAccount",
    severity=Severity.INFO,
    aliases="CKV_K8S_41 FG_R00483 FG_R00484 kubescape:automount-default-service-account C-0189 C-0190",
)
def check(body: Node) -> Iterator[Fail]:
    where = body.at("automountServiceAccountToken")
    if body.at("metadata.name").text == "default" and where.flag is not False:
        yield Fail(where, "the service account default gives its token to every pod", expected="false", actual="not set, which means true")
