"""A probe asks a port by a name that its container does not declare.

## Why it matters
The kubelet resolves the name among the ports of that very container. It finds none, so the probe fails every time: with readiness no
request ever reaches the pod, with liveness or startup the container is killed for ever. Nothing refuses the manifest when it is applied.

## Five whys
1. Why does the new pod never become ready? Its readiness probe fails each time.
2. Why, though the application answers? The kubelet does not know where to ask: "couldn't find port".
3. Why not? The probe says `port: web`, and the container calls its port `http`.
4. Why do they differ? The port was renamed, or it is declared by the sidecar and not by the container with the probe.
5. Why did the API server accept it? It checks the form of the name, not that it exists.

## Fix now
Let the probe name the declared port: `kubectl patch deploy NAME --type=json -p
'[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/port","value":"http"}]'`.

## Workaround
Give the number instead of the name; that needs no declaration.

## Prevent
One name per port, used by Service, probe and monitor, and a check of the manifests before they are merged.

## Validate
`kubectl describe pod POD | grep -A3 Unhealthy` shows no new event, and `kubectl get pod POD` becomes `1/1`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          ports: [{name: http, containerPort: 8080}]
          readinessProbe:
            httpGet:
              path: /ready
              port: web # finding
        - name: metrics
          image: shop/metrics:1.0.0
          ports: [{name: web, containerPort: 9090}]
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /ready, port: http}}
          livenessProbe: {tcpSocket: {port: 8081}}
          startupProbe: {httpGet: {path: /ready, port: "8080"}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="kube-linter:liveness-port kube-linter:readiness-port kube-linter:startup-port",
    symptoms=["couldn't find port: .* in", "(Liveness|Readiness|Startup) probe errored"],
)
def check(container: Container) -> Iterator[Fail]:
    for probe in container.probes:
        name = probe.port.value
        if not isinstance(name, str) or name.isdigit() or not name:
            continue
        declared = [port.name for port in container.ports if port.name]
        if name not in declared:
            message = f"{container.name or 'the container'} declares no port named {name}: its {probe.kind} probe always fails"
            yield Fail(probe.port, message, expected=" or ".join(declared) or "the number of the port", actual=name)
