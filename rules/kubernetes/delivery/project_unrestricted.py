"""An Argo CD project allows any repository, cluster or cluster-wide kind.

## Why it matters
The project is what keeps one team's repository from writing into another team's namespace, or a ClusterRole. `*` in
`sourceRepos`, `destinations` or `clusterResourceWhitelist` takes that fence away: whoever can write to any of the sources is
administrator of the cluster.

## Five whys
1. Why could the shop's repository create a ClusterRoleBinding? Its project allows all cluster-wide kinds.
2. Why? `clusterResourceWhitelist` is `*/*`.
3. Why? The first sync failed with `not permitted in project`, and the star was the quick answer.

## Fix now
List what is used (`argocd app resources APP`), write those repositories, namespaces and kinds, then apply the project:
applications that break say `is not permitted in project`.

## Workaround
Take `clusterResourceWhitelist` first: it is the widest of the three.

## Prevent
Create projects from a template with the team's repository and namespaces.

## Validate
`argocd proj get PROJECT` shows no star under sources, destinations and allowed cluster resources.

## Bad
```yaml
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec:
  sourceRepos: ["*"] # finding
  destinations:
    - namespace: "*" # finding
      server: "*"
  clusterResourceWhitelist:
    - group: "*" # finding
      kind: "*"
```

## Good
```yaml
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec:
  sourceRepos: [https://git.example.com/shop/*]
  destinations:
    - {server: https://kubernetes.default.svc, namespace: "shop-*"}
  clusterResourceWhitelist:
    - {group: "", kind: Namespace}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.delivery import is_argo


@rule(target="AppProject", severity=Severity.MEDIUM, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if not is_argo(resource):
        return
    for source in body.each("spec.sourceRepos"):
        if source.text == "*":
            yield Fail(source, "every repository is allowed", expected="the repositories of the team")
    for destination in body.each("spec.destinations"):
        if destination.at("namespace").text == "*" and (destination.at("server").text or destination.at("name").text) == "*":
            yield Fail(destination, "every namespace of every cluster is allowed", expected="the team's namespaces", actual="*")
    for kind in body.each("spec.clusterResourceWhitelist"):
        if kind.at("kind").text == "*" and kind.at("group").text == "*":
            yield Fail(kind, "every cluster-wide kind is allowed", expected="the kinds that are needed", actual="*/*")
