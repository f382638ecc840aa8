"""Workflows of strangers' GitHub repositories can log in to Google Cloud.

## Why it matters
All of GitHub shares one issuer. A condition on the workflow's name, the actor, the branch or the environment can be satisfied by anybody
who creates a repository with such a workflow; only the owner or the repository tells yours from theirs.

## Five whys
1. Why did a repository that is not ours deploy into the project? Its token fulfilled the provider's condition.
2. Why? The condition asks for the branch, and every repository has a `main`.
3. Why not for the owner? The example that was copied did not.

## Fix now
`gcloud iam workload-identity-pools providers update-oidc PROVIDER --workload-identity-pool=POOL --location=global
--attribute-condition="assertion.repository_owner_id == '1234567' && assertion.ref == 'refs/heads/main'"`. The id of the owner: `gh api
users/OWNER --jq .id`.

## Workaround
Bind the service account to one repository only:
`principalSet://iam.googleapis.com/projects/NUMBER/locations/global/workloadIdentityPools/POOL/attribute.repository/OWNER/REPO`.

## Prevent
One module for GitHub trust, with the owner's id as a required argument. Ids are better than names, which can be registered again after a
deletion.

## Validate
A workflow in a private test account, outside of your organization, gets `unauthorized_client` from the token exchange.

## Bad
```hcl
resource "google_iam_workload_identity_pool_provider" "github" {
  workload_identity_pool_id          = "github"
  workload_identity_pool_provider_id = "github"
  attribute_condition                = "assertion.ref == 'refs/heads/main'" # finding
  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

resource "google_iam_workload_identity_pool_provider" "open" { # finding
  workload_identity_pool_id          = "github"
  workload_identity_pool_provider_id = "open"
  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}
```

## Good
```hcl
resource "google_iam_workload_identity_pool_provider" "github" {
  workload_identity_pool_id          = "github"
  workload_identity_pool_provider_id = "github"
  attribute_condition                = "assertion.repository_owner_id == '1234567' && assertion.ref == 'refs/heads/main'"
  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

resource "google_iam_workload_identity_pool_provider" "one" {
  workload_identity_pool_id          = "github"
  workload_identity_pool_provider_id = "one"
  attribute_condition                = "assertion.sub.startsWith('repo:acme/shop:')"
  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

_GITHUB = re.compile(r"^(?:https://)?token\.actions\.githubusercontent\.com/?")
_OWNER = r"(?:assertion|attribute|google)\.(?:repository(?:_id|_owner|_owner_id)?|sub(?:ject)?|job_workflow_ref|workflow_ref)"
_NAMES_AN_OWNER = re.compile(
    _OWNER + r"""\s*(?:==|in\b)|(?:\bin|==)\s*""" + _OWNER + "|" + _OWNER + r"""\.(?:startsWith|matches)\(\s*['"](?!['"*.])"""
)
_ANY_OWNER = re.compile(r"""['"](?:repo:)?[*]['"/]?|['"]repo:[*]|startsWith\(\s*['"](?:repo:)?['"]|matches\(\s*['"]\^?(?:repo:)?\.\*""")


@rule(target="google_iam_workload_identity_pool_provider", severity=Severity.HIGH, aliases="CKV_GCP_125")
def check(provider: Node) -> Iterator[Fail]:
    issuer = provider.at("oidc.issuer_uri")
    if issuer.missing or not _GITHUB.match(issuer.text or ""):
        return
    condition = provider.at("attribute_condition")
    text = "" if condition.missing else condition.text or ""
    if not text:
        yield Fail(condition, "any workflow on GitHub is accepted", expected="assertion.repository_owner_id == your id")
    elif not _NAMES_AN_OWNER.search(text) or _ANY_OWNER.search(text):
        message = "the condition does not name an owner or a repository, so strangers' workflows can satisfy it"
        yield Fail(condition, message, expected="assertion.repository_owner_id == your id")
