"""A container gets a secret as a variable instead of a file.

## Why it matters
A variable is in every crash dump, in `/proc/PID/environ`, in child processes and in frameworks' error pages, and it keeps its
value until the pod restarts. A mounted Secret is read when needed and is updated in place.

## Five whys
1. Why was the password in the error report? The report holds the environment.
2. Why was it in the environment? `secretKeyRef`.
3. Why not a file? The program reads variables, as most do.

## Fix now
Mount the Secret (`volumes: [{name: db, secret: {secretName: db, defaultMode: 0400}}]`) and read the file; many images know
`NAME_FILE`.

## Workaround
Keep the variable, switch off the printing of environments in error handlers.

## Prevent
Decide it once, in the framework that services share.

## Validate
`kubectl exec POD -- env` shows no secret.

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
              valueFrom: {secretKeyRef: {name: db, key: password}} # finding
          envFrom:
            - secretRef: {name: payment} # finding
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
          env: [{name: LEVEL, valueFrom: {configMapKeyRef: {name: web, key: level}}}]
          volumeMounts: [{name: db, mountPath: /run/secrets/db, readOnly: true}]
      volumes:
        - {name: db, secret: {secretName: db}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.INFO,
    aliases="CKV_K8S_35 FG_R00494 kube-linter:read-secret-from-env-var kubescape:rule-secrets-in-env-var C-0207",
)
def check(container: Container) -> Iterator[Fail]:
    message = "the container gets a secret as a variable instead of a file"
    for variable in container.variables:
        where = variable.source.at("secretKeyRef")
        if where.present:
            yield Fail(where, message, expected="a mounted Secret")
    for item in container.where.each("envFrom"):
        where = item.at("secretRef")
        if where.present:
            yield Fail(where, message, expected="a mounted Secret")
