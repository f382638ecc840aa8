"""No branch of a GitHub repository is protected.

## Why it matters
Whoever may push may then rewrite `main`, delete it, or bring in a change that nobody saw and no test ran on.

## Five whys
1. Why did an untested change reach production? It was pushed straight to `main`.
2. Why was that possible? The branch is not protected.
3. Why not? The repository was made by code that makes nothing else.

## Fix now
A `github_branch_protection` for `main` with reviews and status checks, apply. At once: `gh api -X PUT
repos/OWNER/REPO/branches/main/protection --input protection.json`.

## Workaround
Restrict pushes to a team of few until then.

## Prevent
A ruleset for the whole organization; then suppress this rule with that reason. A module that makes repository and protection together.

## Validate
`gh api repos/OWNER/REPO/branches/main --jq .protected` prints true.

## Bad
```hcl
resource "github_repository" "shop" { # finding
  name       = "shop"
  visibility = "private"
}
```

## Good
```hcl
resource "github_repository" "shop" {
  name       = "shop"
  visibility = "private"
}

resource "github_branch_protection" "shop" {
  repository_id = github_repository.shop.node_id
  pattern       = "main"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(target="github_repository", severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="CKV2_GIT_1")
def check(repository: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if repository.at("archived").present and repository.at("archived").flag is True:
        return
    if graph.attached(resource, "repository_id", "github_branch_protection"):
        return
    if not graph.attached(resource, "repository", "github_branch_protection_v3", "github_repository_ruleset"):
        yield Fail(repository, "no branch of the repository is protected", expected="a github_branch_protection or a ruleset")
