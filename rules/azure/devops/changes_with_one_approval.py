"""Changes reach a branch of an Azure DevOps repository without two approvals.

## Why it matters
One stolen or careless account is enough to change what is deployed: the author and his one reviewer, or nobody at all. Two reviewers make
it three.

## Five whys
1. Why was the back door merged? Its author approved it with a second account.
2. Why was that enough? The branch asks for less than two approvals.
3. Why? No policy names the repository, or its number is below two.

## Fix now
`az repos policy approver-count create --repository-id ID --branch main --minimum-approver-count 2 --creator-vote-counts false
--allow-downvotes false --reset-on-source-push true --blocking true --enabled true`.

## Workaround
Take the right `Contribute` on the branch from all but the release group while the policy is missing.

## Prevent
Repository and policy in one module.

## Validate
`az repos policy list --repository-id ID --branch main --query "[?type.displayName=='Minimum number of
reviewers'].settings.minimumApproverCount"` prints 2 or more.

## Bad
```hcl
resource "azuredevops_git_repository" "shop" { # finding
  project_id = "00000000-1111-2222-3333-444444444444"
  name       = "shop"
  initialization {
    init_type = "Clean"
  }
}

resource "azuredevops_branch_policy_min_reviewers" "shop" {
  project_id = "00000000-1111-2222-3333-444444444444"
  enabled    = true
  blocking   = true
  settings {
    reviewer_count = 1
    scope {
      repository_id  = azuredevops_git_repository.shop.id
      repository_ref = "refs/heads/main"
      match_type     = "Exact"
    }
  }
}
```

## Good
```hcl
resource "azuredevops_git_repository" "shop" {
  project_id = "00000000-1111-2222-3333-444444444444"
  name       = "shop"
  initialization {
    init_type = "Clean"
  }
}

resource "azuredevops_branch_policy_min_reviewers" "shop" {
  project_id = "00000000-1111-2222-3333-444444444444"
  enabled    = true
  blocking   = true
  settings {
    reviewer_count = 2
    scope {
      repository_id  = azuredevops_git_repository.shop.id
      repository_ref = "refs/heads/main"
      match_type     = "Exact"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(
    target="azuredevops_git_repository",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV2_ADO_1",
)
def check(repository: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    policies = graph.attached(resource, "settings.scope.repository_id", "azuredevops_branch_policy_min_reviewers")
    if not any(_asks_two(policy.body) for policy in policies):
        yield Fail(repository, "changes need less than two approvals", expected="a policy with a reviewer_count of 2")


def _asks_two(policy: Node) -> bool:
    active = all(policy.at(name).flag is not False for name in ("enabled", "blocking"))
    return active and (policy.at("settings.reviewer_count").number or 0) >= 2
