"""An environment variable has both a value and a source.

## Why it matters
`value` and `valueFrom` exclude each other: the API server refuses the object, and the release does not happen. It comes from merging a
base with an overlay that sets the other of the two.

## Five whys
1. Why was the release not applied? The server refused the Deployment.
2. Why? `valueFrom: Invalid value: "": may not be specified when value is not empty`.
3. Why are there both? The overlay adds `valueFrom` to a variable for which the base has a `value`.

## Fix now
Delete one of them; in an overlay set the other to null: `- {name: DB_PASSWORD, value: null, valueFrom: {secretKeyRef: ...}}`.

## Workaround
None: the server does not take the object.

## Prevent
Look at the built result: `kubectl kustomize DIR | kubectl apply --dry-run=server -f -`.

## Validate
`kubectl apply --dry-run=server -f FILE` takes it.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: shop/web:1.4.2
      env:
        - name: REGION
          value: eu
          valueFrom:
            fieldRef: {fieldPath: metadata.namespace} # finding
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: shop/web:1.4.2
      env:
        - name: REGION
          value: ""
          valueFrom: {fieldRef: {fieldPath: metadata.namespace}}
        - {name: ZONE, value: a}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=["valueFrom: Invalid value: .*: may not be specified when `?value`? is not empty"],
)
def check(container: Container) -> Iterator[Fail]:
    for variable in container.variables:
        if variable.source.present and variable.value.text:
            yield Fail(variable.source, f"{variable.name} has a value too: the API server refuses it", related=(variable.value,))
