"""A manifest beside a kustomization is in none, and so never deployed.

## Why it matters
Whoever adds a file to the folder expects it to be applied; kustomize applies only what `resources` lists. A forgotten
NetworkPolicy, PodDisruptionBudget or alert looks as if it were there: it was reviewed and merged.

## Five whys
1. Why was the namespace open? The NetworkPolicy was never applied.
2. Why not? It lies in the folder, but the kustomization does not name it.
3. Why did the review miss that? The diff showed the new file, and nobody looked for a line that was not there.

## Fix now
Add it to `resources` (`kustomize edit add resource FILE`), after reading what it will change: `kubectl diff -k FOLDER`. If it
is a leftover, delete it.

## Workaround
Apply it by hand: `kubectl apply -f FILE`.

## Prevent
A check that every manifest of the folder is named, such as this one.

## Validate
`kubectl kustomize FOLDER | grep 'name: NAME'` finds the object.

## Bad
`base/kustomization.yaml`:
```yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [shop.yaml] # finding
```

`base/shop.yaml`:
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
```

`base/policy.yaml`:
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny}
spec: {podSelector: {}}
```

## Good
`base/kustomization.yaml`:
```yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [shop.yaml]
patches: [{path: patch.yaml}]
```

`base/shop.yaml`:
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
```

`base/patch.yaml`:
```yaml
apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{port: 80}]}
```

`base/values.yaml`:
```yaml
replicas: 2
```

`prod/kustomization.yaml`:
```yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
patches: [{path: ../base/patch.yaml}]
```

`prod/values.yaml`:
```yaml
a: b
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.delivery import is_kustomize


@rule(target="Kustomization Component", severity=Severity.MEDIUM, confidence=Confidence.LIKELY, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    listed = body.at("resources")
    if not is_kustomize(resource) or listed.missing:
        return
    unnamed = [node.text or "" for node in resource.meta.each("unnamed")]
    if unnamed:
        shown = ", ".join(path.rpartition("/")[2] for path in unnamed[:5]) + (" ..." if len(unnamed) > 5 else "")
        yield Fail(listed, f"not deployed, though it lies here: {shown}", expected="every manifest of the folder", actual="")
