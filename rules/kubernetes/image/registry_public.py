r"""An image comes from a public registry where anybody publishes.

## Why it matters
Docker Hub and the GitHub registry hold what anybody pushed, limit pulls (Docker Hub: per address, so a whole cluster behind
one NAT shares it), and their outage is yours. An image whose name is mistyped may exist, from somebody else.

## Five whys
1. Why did no new pod start during the sale? `toomanyrequests: You have reached your pull rate limit`.
2. Why were so many pulls made? Every new node pulls every image.
3. Why from Docker Hub? The image's name has no registry, and that is the default.

## Fix now
Mirror the image (`crane copy docker.io/library/nginx:1.27 registry.shop.example/nginx:1.27`) or use a pull-through cache, and
name it there.

## Workaround
`imagePullSecrets` of a paid account raise the limit.

## Prevent
`rules: {options: {kubernetes-image-registry-public: {trusted: [registry.shop.example]}}}` makes every other registry a
finding; an admission policy with the same list refuses it.

## Validate
`kubectl get pods -A -o jsonpath='{..image}' | tr ' ' '\n' | sort -u` shows your registries only.

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
          image: nginx:1.27.1 # finding
        - name: tool
          image: ghcr.io/somebody/tool:1.0.0 # finding
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
        - {name: web, image: "registry.shop.example/nginx:1.27.1"}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import containers
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=containers,
    severity=Severity.INFO,
    aliases="KSV-0034 AVD-KSV-0034 KSV-0125 AVD-KSV-0125",
    options={"registries": ["docker.io", "index.docker.io", "registry-1.docker.io", "ghcr.io"], "trusted": []},
    symptoms=("toomanyrequests: You have reached your",),
)
def check(container: Container, options: Mapping[str, Any]) -> Iterator[Fail]:
    image, trusted = container.image, options["trusted"]
    if image is None:
        return
    where = container.where.at("image")
    place = f"{image.host}/{image.repository}"
    if trusted and not any(place.startswith(f"{str(it).rstrip('/')}/") for it in trusted):
        yield Fail(where, f"the image comes from {image.host}, which is not among the trusted registries")
    elif not trusted and image.host in options["registries"]:
        message = f"the image comes from {image.host}, where anybody publishes"
        yield Fail(where, message, expected="a registry of your own")
