"""Flux takes its source over a connection that can be changed on the way.

## Why it matters
What comes over plain HTTP, or TLS that nobody verifies, is applied to the cluster with Flux's rights, which are those of an
administrator. Whoever sits on the way deploys what he likes.

## Five whys
1. Why does a foreign pod run in the cluster? Flux deployed it.
2. Why? The chart that it downloaded had been changed on the way.
3. Why could it be? The repository is read over http://.

## Fix now
`https://` (or `ssh://` with `known_hosts`, `oci://` without `insecure`); a private CA goes into the Secret of
`certSecretRef`.

## Workaround
Verify what arrives: `spec.verify` with cosign for OCI sources, with PGP keys for Git.

## Prevent
Let an admission rule refuse sources with `http://` or `insecure: true`.

## Validate
`kubectl get gitrepositories,helmrepositories,ocirepositories,buckets -A -o json | grep -E '"(http://|insecure": true)'` finds
nothing.

## Bad
```yaml
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: {name: shop, namespace: flux-system}
spec:
  interval: 1h
  url: http://charts.example.com # finding
```

```yaml
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: {name: shop, namespace: flux-system}
spec:
  interval: 1h
  url: oci://registry.example.com/shop
  insecure: true # finding
```

## Good
```yaml
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: shop, namespace: flux-system}
spec:
  interval: 1h
  url: https://git.example.com/shop
  ref: {tag: v1.4.2}
```

```yaml
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: {name: shop, namespace: flux-system}
spec:
  type: oci
  url: oci://registry.example.com/charts
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.delivery import is_flux


@rule(target="GitRepository HelmRepository OCIRepository Bucket", severity=Severity.HIGH, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if not is_flux(resource):
        return
    url, insecure = body.at("spec.url"), body.at("spec.insecure")
    if (url.text or "").startswith("http://"):
        yield Fail(url, "the source comes over plain HTTP", expected="https://")
    if insecure.flag:
        yield Fail(insecure, "the source may come without TLS", expected="no insecure")
