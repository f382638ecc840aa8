"""A field holds another type than the API wants.

## Why it matters
The API server refuses the object (`json: cannot unmarshal string into Go struct field ... of type int32`), the whole file
with it where it is applied in one go. Quotes around a number, a number without quotes, a list item that is not a list: the
file looks right to everybody who reads it.

## Five whys
1. Why did the release stop halfway? One object was refused.
2. Why? `containerPort: "8080"` is a text, and the API wants a number.
3. Why was it quoted? The value came from a template that quotes everything.
4. Why did the editor not say so? It checks YAML, not Kubernetes' types.

## Fix now
Write the type that the finding names: numbers without quotes, lists with `-`, tables with keys. In a chart: `{{ .Values.port
| int }}`, `toYaml` for structures.

## Workaround
`kubectl apply` object by object: the others of the file do not depend on this one being right.

## Prevent
Server-side dry run in the pipeline; `values.schema.json` for a chart, so that values have types.

## Validate
`kubectl apply --dry-run=server -f FILE`.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  selector: {app: shop}
  ports:
    port: 80 # finding
```

```yaml
apiVersion: v1
kind: Pod
metadata: {name: shop}
spec:
  hostNetwork: "false" # finding
  containers:
    - name: shop
      image: shop/web:1
      command: /bin/shop # finding
      ports:
        - containerPort: "8080" # finding
```

## Good
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  selector: {app: shop}
  ports:
    - port: 80
      targetPort: http
    - {name: admin, port: 81, targetPort: 8081}
---
apiVersion: v1
kind: Pod
metadata: {name: shop}
spec:
  nodeSelector: null
  containers:
    - name: shop
      image: shop/web:1
      resources: {limits: {cpu: 2, memory: 1Gi}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.kubernetes import schema, typed_text
from auditor.views.kubernetes.schema import Kind


@rule(
    target=schema.known_kinds(),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    facets=[Facet.WRITTEN, Facet.PLANNED],
    aliases="kube-linter:schema-validation",
    symptoms=(r"cannot unmarshal \w+ into Go struct field", r"expected \w+, got &value"),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found = [it for it in schema.problems(resource, graph) if it.kind is Kind.WRONG_TYPE]
    told = _told_elsewhere(resource, graph) if any(it.expected == "text" for it in found) else frozenset()
    for problem in found:
        if problem.where.path not in told:
            hidden = resource.kind == "Secret"
            yield Fail(problem.where, f"{problem.name} has to be {problem.expected}", expected=problem.expected, secret=hidden)


def _told_elsewhere(resource: Resource, graph: Graph) -> frozenset[str]:
    """The paths of unquoted texts (`true`, `1.10`): the rule for them says how kubectl reads each."""
    if resource.kind not in typed_text.KINDS.split():
        return frozenset()
    return frozenset(it.where.path for it in typed_text.typed_texts(resource, graph))
