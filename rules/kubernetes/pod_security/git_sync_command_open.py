"""git-sync takes variables that make it run commands.

## Why it matters
`GITSYNC_GIT` names the program that git-sync starts in place of git, and `GITSYNC_PASSWORD_FILE` a file whose content it
sends to the repository's host. Whoever may patch the workload runs commands, or reads files, as git-sync, with its service
account and its volumes, and no image changes.

## Five whys
1. Why did a pod send its token to another host? git-sync sent it as a password.
2. Why? `GITSYNC_PASSWORD_FILE` points to the token's file.
3. Why could that be set? Changing a variable needs less review than changing an image.

## Fix now
Remove the variable; pass credentials by `GITSYNC_SSH_KEY_FILE` from a mounted Secret.

## Workaround
`automountServiceAccountToken: false` on the pod, so that there is no token to send.

## Prevent
An admission policy that refuses these variables on images of git-sync.

## Validate
`kubectl get deploy NAME -o json | jq '.. | .env? // empty | .[].name' | grep GITSYNC_GIT` prints nothing.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: sync}
spec:
  selector: {matchLabels: {app: sync}}
  template:
    metadata: {labels: {app: sync}}
    spec:
      containers:
        - name: sync
          image: registry.k8s.io/git-sync/git-sync:v4.2.1
          env:
            - name: GITSYNC_GIT # finding
              value: /tmp/x
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: sync}
spec:
  selector: {matchLabels: {app: sync}}
  template:
    metadata: {labels: {app: sync}}
    spec:
      containers:
        - name: sync
          image: registry.k8s.io/git-sync/git-sync:v4.2.1
          env: [{name: GITSYNC_REPO, value: "https://git.shop.example/config"}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(target=KINDS, each=containers, severity=Severity.MEDIUM, aliases="CKV_K8S_159")
def check(container: Container) -> Iterator[Fail]:
    for variable in container.variables:
        if variable.name in ("GITSYNC_GIT", "GITSYNC_PASSWORD_FILE", "GIT_SYNC_PASSWORD_FILE"):
            yield Fail(variable.where.at("name"), f"{variable.name} makes git-sync run or send what somebody else chose")
