"""A program of the control plane gets a flag that its version does not know.

## Why it matters
It ends right after its start with `unknown flag` (or `unknown admission plugin`), the kubelet restarts it for ever, and the
control plane of that node is down. After an upgrade that is on all nodes at once, if they are upgraded together.

## Five whys
1. Why is the API server down after the upgrade? It does not start.
2. Why not? `unknown flag: --insecure-port`.
3. Why is the flag there? The manifest carried `--insecure-port=0` from the days when that closed a hole.
4. Why was it not seen before? The old version printed a deprecation warning into a log that nobody reads.

## Fix now
Delete the flag, or the plugin from the list, in `/etc/kubernetes/manifests/`; the kubelet starts the new pod by itself. What
replaces it: `--container-runtime-endpoint` for the kubelet's runtime, Pod Security admission for PodSecurityPolicy.

## Workaround
Put the image of the version before back into the manifest.

## Prevent
Before an upgrade: `kube-apiserver --help` of the new version against the flags in use, on one node first.

## Validate
`crictl ps --name kube-apiserver` shows it running for minutes, `kubectl get --raw /readyz` says ok.

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
        - --insecure-port=0 # finding
```

```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.30.2
      command:
        - kube-apiserver
        - --enable-admission-plugins=NodeRestriction,SecurityContextDeny # finding
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.22.17
      command:
        - kube-apiserver
        - --insecure-port=0
        - --enable-admission-plugins=NodeRestriction,PodSecurityPolicy
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
        - --secure-port=6443
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Profile, Resource, Severity, rule
from auditor.views.decide import undecided
from auditor.views.kubernetes import component
from auditor.views.kubernetes.lifecycle import Version, named_version


@rule(
    target=f"{component.NODE_KINDS} ClusterConfiguration",
    each=component.components,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    profile=Profile.GATE,
    facets=[Facet.WRITTEN, Facet.PLANNED],
    symptoms=(r"unknown flag: --[\w-]+", r'enable-admission-plugins plugin "\w+" is unknown'),
)
def check(program: component.Component, resource: Resource) -> Iterator[Fail]:
    version = program.version or named_version(resource)
    for where, what, gone in _removed(program):
        if version is None:
            raise undecided(where, f"the version of {program.name} is not known")
        if gone <= version:
            yield Fail(where, f"{program.name} has no {what} since {gone[0]}.{gone[1]}", expected=f"no {what}")


def _removed(program: component.Component) -> Iterator[tuple[Node, str, Version]]:
    for name, gone in component.REMOVED.get(program.name, {}).items():
        flag = program.given(name)
        if flag is not None:
            yield flag.where, f"flag --{name}", gone
    for name in ("enable-admission-plugins", "disable-admission-plugins"):
        plugins = program.given(name)
        for plugin in plugins.values if plugins is not None else ():
            if plugin in component.REMOVED_PLUGINS:
                yield program.place(name), f"admission plugin {plugin}", component.REMOVED_PLUGINS[plugin]
