"""A value of a chart is used by no template.

## Why it matters
Whoever sets it believes that it does something: a memory limit, a security context, a replica count that reaches no object.
Mostly the template was renamed or the key has a typing error; the chart renders without a word.

## Five whys
1. Why did the limit have no effect? No template uses `resource.limits`.
2. Why is it in values.yaml? The template reads `resources`, and the key lost an s.
3. Why did Helm not complain? It does not know which values a chart uses.

## Fix now
Correct the key, or delete it: `grep -rn 'Values.KEY' templates/` shows what the templates read. Then compare `helm template
.` before and after.

## Workaround
Set the value under the name that the template reads: `--set resources.limits.memory=1Gi`.

## Prevent
A `values.schema.json` with `additionalProperties: false`: Helm then refuses unknown keys.

## Validate
`helm template . --set KEY=xyzzy | grep xyzzy` finds the value.

## Bad
`chart/Chart.yaml`:
```yaml
apiVersion: v2
name: shop
version: 1.4.2
```

`chart/values.yaml`:
```yaml
mode: fast
modes: [fast, safe] # finding
limits:
  size: 1Gi
  sice: 2Gi # finding
extra: {name: a}
```

`chart/templates/a.yaml`:
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: shop}
data:
  mode: {{ .Values.mode | quote }}
  size: {{ index .Values "limits" "size" | quote }}
{{- with .Values.extra }}
  more: {{ .name }}
{{- end }}
```

## Good
`chart/Chart.yaml`:
```yaml
apiVersion: v2
name: shop
version: 1.4.2
dependencies: [{name: redis, version: 4.1.0, repository: "https://charts.example.com", condition: cache.enabled}]
```

`chart/values.yaml`:
```yaml
mode: fast
limits: {size: 1Gi}
extra: {name: a}
redis: {auth: true}
cache: {enabled: true}
global: {region: a}
```

`chart/templates/a.yaml`:
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: shop}
data:
  mode: {{ .Values.mode | quote }}
  size: {{ index .Values "limits" "size" | quote }}
{{- with .Values.extra }}
  more: {{ .name }}
{{- end }}
```

`whole/Chart.yaml`:
```yaml
apiVersion: v2
name: shop
version: 1.4.2
```

`whole/values.yaml`:
```yaml
anything: goes
```

`whole/templates/a.yaml`:
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {{ toYaml .Values | nindent 2 }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Resource, Severity, rule


@rule(target="Chart", severity=Severity.LOW, confidence=Confidence.LIKELY, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    for path in resource.meta.each("unused"):
        node = resource.meta.at("values").at("".join(f'["{step}"]' for step in (path.text or "").split(".")))
        yield Fail(node, f"no template uses {path.text}", expected="a value that a template reads", actual="", secret=True)
