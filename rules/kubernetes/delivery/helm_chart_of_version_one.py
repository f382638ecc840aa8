"""A chart has the format of Helm 2.

## Why it matters
`apiVersion: v1` keeps dependencies in `requirements.yaml` and knows neither library charts nor `type`. Helm 3 still reads it,
Helm 4 and the tools around them test it less and less.

## Five whys
1. Why does the dependency not arrive? The new tool does not read `requirements.yaml`.
2. Why is it there? The chart was made for Helm 2, whose support ended in 2020.

## Fix now
`apiVersion: v2`, and the contents of `requirements.yaml` as `dependencies:` into `Chart.yaml`; then `helm dependency update`,
which writes `Chart.lock`.

## Workaround
None needed as long as everybody who installs it has Helm 3.

## Prevent
New charts from `helm create`.

## Validate
`helm lint .` is quiet, and `helm template .` gives the same as before.

## Bad
`chart/Chart.yaml`:
```yaml
apiVersion: v1 # finding
name: shop
version: 1.4.2
```

## Good
`chart/Chart.yaml`:
```yaml
apiVersion: v2
name: shop
version: 1.4.2
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Severity, rule


@rule(target="Chart", severity=Severity.LOW, facets=[Facet.WRITTEN])
def check(body: Node) -> Iterator[Fail]:
    version = body.at("apiVersion")
    if version.text == "v1":
        yield Fail(version, "this is the format of Helm 2", expected="v2")
