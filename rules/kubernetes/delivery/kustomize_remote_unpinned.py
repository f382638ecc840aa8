"""A kustomization takes in a remote folder that can change at any time.

## Why it matters
Without `?ref=` kustomize takes the default branch of the repository as it is when the build runs: the same commit of yours
deploys something else tomorrow, and whoever can write to that repository can deploy to your cluster.

## Five whys
1. Why did the cluster change without a commit of ours? A base comes from another repository.
2. Why did that change arrive at once? The URL names no version.
3. Why not? It was copied from a README.

## Fix now
Add `?ref=TAG`, better the commit: `https://github.com/acme/shop//deploy?ref=4f2c1e0…`. Releases as a file: the URL of that
release.

## Workaround
Copy the remote manifests into the repository (`kubectl kustomize URL > vendor.yaml`) and name that file.

## Prevent
Renovate raises such references by pull request.

## Validate
`grep -rhoE '(https://|github.com)[^ ]*' --include=kustomization.yaml . | grep -v ref=` prints nothing.

## Bad
`kustomization.yaml`:
```yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - https://github.com/acme/shop//deploy # finding
  - github.com/acme/cart/deploy?ref=main # finding
```

## Good
`kustomization.yaml`:
```yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - https://github.com/acme/shop//deploy?ref=v1.4.2
  - https://github.com/acme/shop/releases/download/v1.4.2/install.yaml
  - https://raw.githubusercontent.com/acme/shop/v1.4.2/deploy.yaml
  - github.com/acme/cart/deploy?timeout=90s&ref=4f2c1e0
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.delivery import is_kustomize

_REMOTE = re.compile(r"(https?|ssh|git)://|git@|git::|(github|gitlab)\.com[/:]|bitbucket\.org[/:]")
_FILE = re.compile(r"https?://[^?]+\.(ya?ml|json)$")
_MOVING = re.compile(r"[/@=](main|master|HEAD|latest|develop|trunk|refs/heads/[^/]+)(/|&|$)")
_REF = re.compile(r"[?&](ref|version)=[^&]+")


@rule(target="Kustomization Component", severity=Severity.MEDIUM, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if not is_kustomize(resource):
        return
    for field in ("resources", "bases", "components"):
        for node in body.each(field):
            url = node.text or ""
            if "\n" in url or not _REMOTE.match(url):
                continue
            pinned = _REF.search(url) or _FILE.match(url)
            if not pinned or _MOVING.search(url):
                yield Fail(node, "what this names can change at any time", expected="?ref= and a tag or commit")
