r"""AdministratorAccess is attached to a principal.

## Why it matters
The AWS managed policy AdministratorAccess allows everything. Attached to a workload or a pipeline it makes each flaw
in them a flaw of the whole account; attached to users it makes each phished password one.

## Five whys
1. Why did a leaked pipeline token cost the account? The pipeline's role is an administrator.
2. Why is it? AdministratorAccess was attached when the first deployment failed for lack of a permission.
3. Why did it stay? Deployments work.
4. Why does nobody see it? The policy is AWS's own, so no document in the repository shows the stars.

## Fix now
Find what is used: `aws iam generate-service-last-accessed-details --arn ARN --granularity ACTION_LEVEL`. Attach a
policy with that, then detach: `aws iam detach-role-policy --role-name NAME --policy-arn
arn:aws:iam::aws:policy/AdministratorAccess`.

## Workaround
Put a boundary on the principal (`aws iam put-role-permissions-boundary`) that takes IAM, Organizations and the
deletion of backups away.

## Prevent
Keep one administrator role for people, assumed with MFA and watched. A service control policy can deny
`iam:Attach*Policy` with the condition `ArnEquals: {"iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess"}`.

## Validate
`aws iam list-entities-for-policy --policy-arn arn:aws:iam::aws:policy/AdministratorAccess` lists the people's role
and nothing else.

## Bad
```hcl
resource "aws_iam_role_policy_attachment" "pipeline" {
  role       = "pipeline"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # finding
}
```
```hcl
data "aws_iam_policy" "all" {
  name = "AdministratorAccess"
}

resource "aws_iam_group_policy_attachment" "developers" {
  group      = "developers"
  policy_arn = data.aws_iam_policy.all.arn # finding
}
```

## Good
```hcl
resource "aws_iam_role_policy_attachment" "pipeline" {
  role       = "pipeline"
  policy_arn = "arn:aws:iam::111122223333:policy/pipeline"
}
```
Within a boundary that leaves identities out it makes no administrator:
```hcl
resource "aws_iam_role" "power" {
  name                 = "power"
  permissions_boundary = "arn:aws:iam::aws:policy/PowerUserAccess"
  assume_role_policy   = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_role_policy_attachment" "power" {
  role       = aws_iam_role.power.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.attachments import KINDS, attached, managed_policy
from auditor.views.decide import undecided
from auditor.views.iam.administrator import administrator, could_be
from auditor.views.iam.truth import Truth

_WHOM = {"role": "aws_iam_role", "user": "aws_iam_user", "group": "aws_iam_group"}


@rule(target=KINDS, severity=Severity.HIGH, aliases="CKV_AWS_274")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for node in attached(body):
        if managed_policy(node, graph) != "AdministratorAccess":
            continue
        answers = list(_answers(resource, graph))
        if not answers or True in answers:
            yield Fail(node, "the principal gets AdministratorAccess", expected="a policy with what it needs")
        elif None in answers:
            raise undecided(node, "whether that makes an administrator hangs on a boundary or a policy that is not known")


def _answers(resource: Resource, graph: Graph) -> Iterator[Truth]:
    """Whether each of those is an administrator to whom it is attached, as far as they are here."""
    if resource.kind in _WHOM.values():
        yield administrator(graph, resource).truth
    for word, kind in _WHOM.items():
        for node in (it for path in (word, f"{word}s") for it in resource.each(path)):
            yield from (administrator(graph, holder).truth for holder in graph.targets(node, kind))
            if node.unknown and not node.refs and not all(could_be(graph, anybody) for anybody in graph.of(kind)):
                yield None
