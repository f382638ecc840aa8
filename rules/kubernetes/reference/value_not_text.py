"""A value that has to be a text is read as a number or a truth value.

## Why it matters
YAML types what is not quoted: `1.30` is the number 1.3, `yes`, `on`, `y` and `true` are truth values, `0644` is 420, `1e3` is 1000. Where
Kubernetes wants a text (labels, annotations, variables, data of a ConfigMap, arguments) the API server refuses the object: `json: cannot
unmarshal number into Go struct field EnvVar.value of type string`. Where a tool converts it first, another value than the written one
arrives.

## Five whys
1. Why was the deployment refused? A variable's value is a boolean.
2. Who wrote a boolean? Nobody: `ENABLED: yes` stands there, and YAML 1.1 reads yes as true.
3. Why did it work in the editor? Editors show the text, not its type.
4. Why did it reach the cluster? Nobody applied the rendered manifest before the merge.

## Fix now
Quote the value: `value: "1.30"`; in a Helm template `{{ .Values.version | quote }}`.

## Workaround
None is needed: a refused object changes nothing.

## Prevent
`kubectl apply --dry-run=server` in the pipeline; quote every value of these tables.

## Validate
`kubectl label --local -f FILE x=y -o json` shows the value with quotes.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels:
    version: 1.30 # finding
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      nodeSelector:
        fast: true # finding
      containers:
        - name: web
          image: shop/web:1.4.2
          args:
            - --port
            - 8080 # finding
          env:
            - name: ENABLED
              value: yes # finding
            - name: ANSWER
              value: y # finding
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data:
  mode: 0644 # finding
  port: 5432 # finding
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {version: "1.30", build: v1.30, sha: 1a2b3c}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}, annotations: {prometheus.io/port: "9090"}}
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
          args: [--port, "8080"]
          env: [{name: ENABLED, value: "yes"}, {name: EMPTY, value: null}, {name: FROM, value: 10.0.0.1}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {mode: "0644", text: plain}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Profile, Resource, Severity, rule
from auditor.views.kubernetes.typed_text import KINDS, TypedText, typed_texts
from auditor.views.secret import conceal


@rule(
    target=KINDS,
    each=typed_texts,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=[r"cannot unmarshal (?:number|bool|boolean) into Go (?:struct field|value)", r"ReadString: expects \" or n, but found"],
)
def check(text: TypedText, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if text.secret:
        yield Fail(conceal(text.where), f"{text.name} is not read as a text", "a quoted text", secret=True)
    else:
        said = f"{text.written} is read as" if text.written and text.written != text.read else "this is"
        yield Fail(text.where, f"{text.name} has to be a text, and {said} the {text.kind} {text.read}", "a quoted text", text.read)
