"""The command line of a container holds a secret in the clear.

## Why it matters
Arguments are in the manifest, in `kubectl describe`, and in `ps` for every process in the pod and every one on the node. Logs
of wrappers that print their command hold them too.

## Five whys
1. Why is the token in the log platform? A wrapper printed its command line.
2. Why was the token in it? It is an argument in the manifest.
3. Why not a file? The program takes `--token`, and a flag was simplest.

## Fix now
Rotate it. Then pass it by a file (`--token-file`) from a mounted Secret, or by `$(TOKEN)` from a variable that `secretKeyRef`
fills.

## Workaround
`$(TOKEN)` keeps it out of the manifest at once, though not out of `ps`.

## Prevent
Scan commits for tokens before they are pushed.

## Validate
`kubectl get deploy NAME -o jsonpath='{.spec.template.spec.containers[*].args}'` shows no value.

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
          args:
            - --listen=:8080
            - --db-password=kq7-Tolmin-29 # finding
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
          command: [web, --token-file, /run/secrets/token]
          args: ["--db-password=$(DB_PASSWORD)", "--password-policy=strict", "--secret-name=shop-db"]
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.secret_text import secret_in_text
from auditor.views.kubernetes.workload import KINDS
from auditor.views.secret import token

_FLAG = re.compile(r"--?([A-Za-z][\w.-]{2,60})=(\S+)")


@rule(target=KINDS, each=containers, severity=Severity.HIGH, confidence=Confidence.LIKELY, aliases="C-0012")
def check(container: Container) -> Iterator[Fail]:
    for word in container.words():
        text = word.text or ""
        found = _FLAG.fullmatch(text)
        if token(text) or (found and secret_in_text(found[1], found[2])):
            message = "an argument seems to hold a secret in the clear"
            yield Fail(word, message, expected="a file or a variable from a Secret", actual="(not shown)", secret=True)
