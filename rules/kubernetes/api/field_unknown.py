"""A field is unknown to the API, and what it should do does not happen.

## Why it matters
Depending on who applies it, the object is refused (`kubectl` with strict validation: `unknown field "spec.replica"`) or,
worse, accepted without the field (Argo CD, Helm, older kubectl, most operators): then limits, probes or security settings
that everybody sees in the file are not there in the cluster.

## Five whys
1. Why did the pod run as root, although the manifest forbids it? The cluster's object has no such setting.
2. Why not? `allowPrivilegeEscalation` stood in the pod's securityContext, where it does not exist.
3. Why was it not refused? The object was applied with validation off, and unknown fields are dropped.
4. Why was it written there? The two tables have the same name and share half of their fields.

## Fix now
Write the field where it belongs: the finding names the nearest one. `kubectl explain KIND.spec.PATH` lists what exists in the
cluster's version. Then compare what is running: `kubectl diff -f FILE`.

## Workaround
Set it in the cluster right now, where it is urgent: `kubectl edit`, with its real name.

## Prevent
`kubectl apply --validate=strict` in the pipeline, `--validate` on in Argo CD (the default), an editor with the Kubernetes
schema.

## Validate
`kubectl apply --dry-run=server --validate=strict -f FILE` prints no `unknown field`.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replica: 3 # finding
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      securityContext:
        allowPrivilegeEscalation: false # finding
      containers:
        - name: shop
          image: shop/web:1
          env:
            - name: PORT
              values: "80" # finding
          limits: {memory: 1Gi} # finding
```

```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              serviceName: shop # finding
              servicePort: 80 # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
  annotations: {anything.example.com/goes: here}
spec:
  replicas: 3
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      nodeSelector: {any/label: goes}
      containers:
        - name: shop
          image: shop/web:1
          resources: {limits: {memory: 1Gi, example.com/gpu: 1}}
status: {whatever: the cluster writes}
---
# only Kubernetes' own kinds are known
apiVersion: example.com/v1
kind: Shop
metadata: {name: shop}
spec: {anything: goes}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: shops.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Shop, plural: shops}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: {spec: {type: object, default: {any: thing}, x-kubernetes-preserve-unknown-fields: true}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.kubernetes import schema
from auditor.views.kubernetes.lifecycle import target_version
from auditor.views.kubernetes.schema import Kind, Problem
from auditor.views.kubernetes.served import version_in_words


@rule(
    target=schema.known_kinds(),
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    profile=Profile.GATE,
    facets=[Facet.WRITTEN, Facet.PLANNED],
    aliases="kube-linter:schema-validation",
    symptoms=(r'unknown field "[\w.\[\]]+"', r"error validating data: ValidationError"),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for problem in schema.problems(resource, graph):
        if problem.kind is Kind.UNKNOWN:
            message, expected = _in_words(problem, resource)
            yield Fail(problem.where, message, expected=expected)


def _in_words(problem: Problem, resource: Resource) -> tuple[str, str]:
    judged, name = target_version(resource), problem.name
    if problem.since is not None and problem.since > judged:
        since = version_in_words(problem.since)
        return f"{name} is unknown in Kubernetes {version_in_words(judged)}, it exists from {since}", f"Kubernetes {since}, or no {name}"
    if problem.until is not None:
        return (
            f"{name} is unknown in Kubernetes {version_in_words(judged)}, it existed until {version_in_words(problem.until)}",
            f"no {name}",
        )
    if problem.other:
        return f"there is no field {name} here, {problem.other} has it", problem.other
    if not problem.nearest:
        return f"there is no field {name} here", f"no {name}"
    if problem.nearest.rpartition(".")[2] == name:
        return f"there is no field {name} here, it belongs to {problem.nearest.rpartition('.')[0] or 'the object itself'}", problem.nearest
    return f"there is no field {name} here, {problem.nearest} may be meant", problem.nearest
