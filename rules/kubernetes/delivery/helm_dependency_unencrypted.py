"""A chart takes a dependency from a repository without TLS.

## Why it matters
Over plain HTTP anybody on the way can put another chart in its place; what it contains is installed with the rights of
whoever runs Helm, usually an administrator.

## Five whys
1. Why did the build hold a foreign Job? The subchart had been changed on the way.
2. Why could it be? The repository's address is http://.

## Fix now
`https://` or `oci://`; then `helm dependency update` and compare the archives: `tar -tzf charts/NAME.tgz`.

## Workaround
Vendor the verified archive into `charts/`.

## Prevent
Mirror the charts that you use into your own OCI registry.

## Validate
`grep -n 'http://' Chart.yaml Chart.lock` finds nothing.

## Bad
`chart/Chart.yaml`:
```yaml
apiVersion: v2
name: shop
version: 1.4.2
dependencies:
  - name: redis
    version: 4.1.0
    repository: http://charts.example.com # finding
```

## Good
`chart/Chart.yaml`:
```yaml
apiVersion: v2
name: shop
version: 1.4.2
dependencies:
  - {name: redis, version: 4.1.0, repository: "oci://registry.example.com/charts"}
  - {name: local, version: 1.0.0, repository: "http://localhost:8879/charts"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Severity, rule

_LOCAL = ("http://localhost", "http://127.")


@rule(target="Chart", severity=Severity.HIGH, facets=[Facet.WRITTEN])
def check(body: Node) -> Iterator[Fail]:
    for repository in body.each("dependencies.repository"):
        if (repository.text or "").startswith("http://") and not (repository.text or "").startswith(_LOCAL):
            yield Fail(repository, "the dependency comes over plain HTTP", expected="https:// or oci://")
