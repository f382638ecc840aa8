r"""A service control policy is attached to the management account.

## Why it matters
Service control policies do not limit the management account of an organization, whatever they say. A guardrail that is
attached to it looks as if the account was fenced in, and does nothing there; everything that runs in the management
account has the whole organization in reach.

## Five whys
1. Why could a user of the management account switch CloudTrail off? The policy that forbids it does not hold there.
2. Why not? AWS leaves the management account out of service control policies, so that nobody can lock it out.
3. Why was the policy attached to it? The list of accounts was taken as a whole.
4. Why did no test tell? A denied call was tried in a member account only.

## Fix now
Attach the policy to the root or to the organizational units (`aws organizations attach-policy --policy-id ID
--target-id OU_ID`), detach it here, and move workloads out of the management account: `aws organizations
list-policies-for-target --target-id ACCOUNT_ID --filter SERVICE_CONTROL_POLICY`.

## Workaround
Limit the people of the management account by permissions boundaries and permission sets; those hold there too.

## Prevent
Keep nothing in the management account but the organization, billing and identities; delegate administration
(`aws organizations register-delegated-administrator`) to member accounts.

## Validate
`aws organizations list-targets-for-policy --policy-id ID --query 'Targets[].TargetId'` lists units and member accounts,
and not the id of `aws organizations describe-organization --query Organization.MasterAccountId`.

## Bad
```hcl
resource "aws_organizations_organization" "it" {}

resource "aws_organizations_policy" "trail" {
  name = "keep-the-trail"
  content = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = "cloudtrail:StopLogging", Resource = "*" }]
  })
}

resource "aws_organizations_policy_attachment" "management" {
  policy_id = aws_organizations_policy.trail.id
  target_id = aws_organizations_organization.it.master_account_id # finding
}
```

## Good
Tag policies hold there, and the root stands for all members:
```hcl
resource "aws_organizations_organization" "it" {}

resource "aws_organizations_policy" "trail" {
  name = "keep-the-trail"
  content = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = "cloudtrail:StopLogging", Resource = "*" }]
  })
}

resource "aws_organizations_policy_attachment" "all" {
  policy_id = aws_organizations_policy.trail.id
  target_id = aws_organizations_organization.it.roots[0].id
}

resource "aws_organizations_policy" "tags" {
  name    = "tags"
  type    = "TAG_POLICY"
  content = jsonencode({ tags = { owner = { tag_key = { "@@assign" = "owner" } } } })
}

resource "aws_organizations_policy_attachment" "tags" {
  policy_id = aws_organizations_policy.tags.id
  target_id = aws_organizations_organization.it.master_account_id
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Severity, rule
from auditor.views.cache import of_graph
from auditor.views.decide import undecided

_ORGANIZATIONS = ("aws_organizations_organization", "data.aws_organizations_organization")


@rule(target="aws_organizations_policy_attachment", severity=Severity.MEDIUM)
def check(body: Node, graph: Graph) -> Iterator[Fail]:
    target = body.at("target_id")
    if not _is_management(target, graph):
        return
    policies = graph.targets(body.at("policy_id"), "aws_organizations_policy")
    if not policies:
        raise undecided(body.at("policy_id"), "the policy that is attached is not here")
    if (policies[0].at("type").text or "SERVICE_CONTROL_POLICY") == "SERVICE_CONTROL_POLICY":
        yield Fail(target, "service control policies do not limit the management account", expected="the root, a unit or a member account")


def _is_management(target: Node, graph: Graph) -> bool:
    if any(ref.attribute == "master_account_id" for ref in target.refs):
        return True
    return not target.unknown and target.text in of_graph(graph, "management accounts", lambda: _management(graph))


def _management(graph: Graph) -> frozenset[str]:
    found = (it.at("master_account_id").data for it in graph.of(*_ORGANIZATIONS))
    return frozenset(data for data in found if isinstance(data, str))
