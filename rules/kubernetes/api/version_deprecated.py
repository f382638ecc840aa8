"""The API version of the object will be removed.

## Why it matters
It still works, and stops with the release that the finding names. Whoever upgrades the cluster is seldom who owns the
manifest, so that the change meets the failure and not the author.

## Five whys
1. Why is the upgrade blocked? Forty manifests use a version that the next release removes.
2. Why were they not changed in the year before? Deprecation is only a header in the answers of the API server.
3. Why does nobody see that? Pipelines and Argo CD do not show it.

## Fix now
Change `apiVersion` to the successor that the finding names, compare the fields (`kubectl explain KIND
--api-version=GROUP/VERSION --recursive`), and apply it: the stored object is the same.

## Workaround
None is needed before the upgrade.

## Prevent
Scan with `--kubernetes-version` set to the release after the next.

## Validate
`kubectl apply --dry-run=server --warnings-as-errors -f FILE` succeeds.

## Bad
```yaml
apiVersion: admissionregistration.k8s.io/v1beta1 # finding
kind: MutatingAdmissionPolicy
metadata: {name: labels}
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
---
# gone, which another rule says
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata: {name: shop}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.lifecycle import target_version
from auditor.views.kubernetes.served import kinds, served, version_in_words


@rule(target=kinds(), severity=Severity.LOW, facets=[Facet.WRITTEN, Facet.PLANNED])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    life, target = served(resource), target_version(resource)
    if life is None or life.deprecated is None or life.deprecated > target or life.removed is None or life.removed <= target:
        return
    yield Fail(
        body.at("apiVersion"),
        f"deprecated since Kubernetes {version_in_words(life.deprecated)}, gone with {version_in_words(life.removed)}",
        expected=life.replacement or "a plan for its end: there is no successor yet",
    )
