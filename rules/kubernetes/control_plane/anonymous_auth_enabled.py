"""The API server answers requests of nobody in particular.

## Why it matters
A request without credentials is not refused but becomes the user `system:anonymous`. With RBAC that user may do next to
nothing (version, health) until somebody binds a role to `system:anonymous` or `system:unauthenticated`: then everybody on the
network has it, and the audit log names nobody.

## Five whys
1. Why could a scanner list the pods? It sent no credentials, and was let in as `system:anonymous`.
2. Why may that user list pods? A binding from a tutorial names the group `system:unauthenticated`.
3. Why did the server not refuse the request before it asked RBAC? `--anonymous-auth` is left out, and its default is true.
4. Why is it left out? Its only use, probes of the kubelet on `/livez`, was never separated from everything else.

## Fix now
Kubernetes 1.32 and newer: pass `--authentication-config=FILE` whose `anonymous: {enabled: true, conditions: [{path: /livez},
{path: /readyz}, {path: /healthz}]}` keeps the probes alive. Older: `--anonymous-auth=false`, and give the probes of the
static pod another way (`tcpSocket`), or the kubelet kills the server.

## Workaround
Remove what the anonymous user may do: `kubectl get clusterrolebindings,rolebindings -A -o json | jq '.items[] |
select(.subjects[]?.name | IN("system:anonymous","system:unauthenticated")) | .metadata.name'`.

## Prevent
Keep the static pods in the repository that builds the control plane, and scan them there.

## Validate
`curl -sk https://SERVER:6443/api/v1/namespaces` answers 401, not 403; `kubectl get --raw /readyz` says ok and `crictl ps
--name kube-apiserver` shows no restarts.

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
        - --anonymous-auth=true # finding
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
        - --anonymous-auth=false
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.LOW,
    aliases="CKV_K8S_68 KCV-0001 AVD-KCV-0001 ensure-that-the-api-server-anonymous-auth-argument-is-set-to-false CIS-1.2.1",
)
def check(server: component.Component) -> Iterator[Fail]:
    it = server.flag("anonymous-auth")
    if it is None or not it.is_false:
        yield Fail(
            server.place("anonymous-auth"),
            "requests without credentials are let in as system:anonymous",
            expected="--anonymous-auth=false",
            actual=server.shown("anonymous-auth"),
        )
