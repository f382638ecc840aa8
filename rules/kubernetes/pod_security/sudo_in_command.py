"""A container's command uses sudo.

## Why it matters
`sudo` in a container means: the process may become root whenever it likes, and `allowPrivilegeEscalation` must stay on.
Whoever takes the process over is root with it.

## Five whys
1. Why was the intruder root? `sudo` asks nobody in that image.
2. Why is `sudo` there? The start command uses it.
3. Why? The image runs as a user, and one step at start needs root.

## Fix now
Do that step at build time, or in an init container of its own; remove `sudo` from the image.

## Workaround
`runAsUser: 0` in an init container for the one step.

## Prevent
`allowPrivilegeEscalation: false` in the template of services: `sudo` then fails in the first test.

## Validate
`kubectl exec POD -- which sudo` finds nothing.

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
          command: [sudo, /usr/bin/web] # finding
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
          command: [/usr/bin/web, --user=pseudo]
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS

_SUDO = re.compile(r"(?:^|[\s;&|(])(?:/usr/bin/)?sudo(?:\s|$)")


@rule(target=KINDS, each=containers, severity=Severity.LOW, aliases="kubescape:sudo-in-container-entrypoint C-0062")
def check(container: Container) -> Iterator[Fail]:
    for word in container.words():
        if _SUDO.search(word.text or ""):
            yield Fail(word, "the container's command uses sudo")
            return
