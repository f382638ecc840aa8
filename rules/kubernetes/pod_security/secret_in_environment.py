"""A variable of a container holds a secret in the clear.

## Why it matters
Everybody who may read the manifest, the Deployment, the ReplicaSets of old versions or the repository's history has the
secret; `kubectl describe` prints it, and so do crash reports of the process. It cannot be rotated without a rollout, and
every copy stays valid.

## Five whys
1. Why had a former colleague the database's password? It is in the repository's history.
2. Why there? It is the value of a variable in the manifest.
3. Why not in a Secret? The first version had no Secret, and this one line worked.
4. Why did nobody stop it? It looked like configuration.

## Fix now
Rotate it first: it has been readable. Then `kubectl create secret generic NAME --from-literal=KEY=...` (or an ExternalSecret,
a SealedSecret) and `valueFrom: {secretKeyRef: {name: NAME, key: KEY}}`.

## Workaround
Restrict `get deployments` and the repository until it is rotated.

## Prevent
Scan commits; keep manifests free of values by External Secrets or the CSI driver.

## Validate
`kubectl get deploy NAME -o json | jq '.spec.template.spec.containers[].env[] | select(.value)'` shows nothing that you would
not print.

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
          env:
            - name: DB_PASSWORD
              value: kq7-Tolmin-29 # finding
            - name: UPSTREAM
              value: postgres://shop:kq7-Tolmin-29@db.shop.internal:5432/shop # finding
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
          env:
            - {name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}
            - {name: DB_PASSWORD_FILE, value: /run/secrets/db}
            - {name: ADMIN_EMAIL, value: admin@shop.example}
            - {name: SECRET_NAME, value: shop-db}
            - {name: API_KEY, value: "$(OTHER_KEY)"}
            - {name: TOKEN_REQUIRED, value: "true"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.secret_text import secret_in
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    aliases="kube-linter:env-var-secret polaris:sensitiveContainerEnvVar kubescape:rule-credentials-in-env-var C-0012",
)
def check(container: Container) -> Iterator[Fail]:
    for variable in container.variables:
        kind = secret_in(variable.name, variable.value)
        if kind:
            message = f"the variable {variable.name} seems to hold {kind} in the clear"
            yield Fail(variable.value, message, expected="secretKeyRef", actual="(not shown)", secret=True)
