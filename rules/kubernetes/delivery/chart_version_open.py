"""A Helm release takes whatever chart version is newest.

## Why it matters
The next reconciliation after a release of the chart upgrades by itself, to a new major version too: CRDs change, values are
renamed, a database is restarted at noon, and the manifest in Git is the same as yesterday.

## Five whys
1. Why was the database restarted at noon? Flux upgraded its chart.
2. Why, when nobody committed? The release takes any version of the chart.
3. Why? `version` is left out, and that means the newest.

## Fix now
Write what runs now: `flux get helmreleases shop` shows the version; put it into `spec.chart.spec.version`, or a range inside
a minor version (`4.1.x`).

## Workaround
`flux suspend helmrelease shop` until it is pinned.

## Prevent
Renovate or Dependabot raise the version by pull request.

## Validate
`kubectl get helmrelease shop -o jsonpath='{.spec.chart.spec.version}'` prints a version.

## Bad
```yaml
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: shop, namespace: flux-system}
spec:
  interval: 10m
  chart:
    spec:
      chart: shop # finding
      sourceRef: {kind: HelmRepository, name: shop}
```

```yaml
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: shop, namespace: flux-system}
spec:
  chart:
    spec:
      chart: shop
      version: ">=1.0.0" # finding
      sourceRef: {kind: HelmRepository, name: shop}
```

## Good
```yaml
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: shop, namespace: flux-system}
spec:
  chart:
    spec:
      chart: shop
      version: 4.1.0
      sourceRef: {kind: HelmRepository, name: shop}
```

```yaml
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: shop, namespace: flux-system}
spec:
  chart:
    spec:
      chart: ./charts/shop
      sourceRef: {kind: GitRepository, name: shop}
```

```yaml
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: shop, namespace: flux-system}
spec:
  chartRef: {kind: OCIRepository, name: shop}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.delivery import is_flux

_OPEN = re.compile(r"\s*(\*|x|>=?[^<]*|)\s*")


@rule(target="HelmRelease", severity=Severity.MEDIUM, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    chart = body.at("spec.chart.spec")
    if not is_flux(resource) or chart.at("chart").missing or chart.at("sourceRef.kind").text != "HelmRepository":
        return
    version = chart.at("version")
    if version.missing or _OPEN.fullmatch(version.text or ""):
        yield Fail(version, "the newest chart is taken, whatever it is", expected="a version", actual="not set" if version.missing else "")
