r"""A service control policy is attached nowhere.

## Why it matters
A policy of the organization has no effect until it is attached to the root, a unit or an account. In the code it
looks like a guard that stands; nothing is guarded.

## Five whys
1. Why could a member account leave the organization? No policy forbade it.
2. Why not, since there is one in the code? It is not attached.
3. Why not? The attachment was to follow after a test.

## Fix now
Add an `aws_organizations_policy_attachment` to a test unit first, then to the root or the units that are meant.

## Workaround
`aws organizations attach-policy --policy-id ID --target-id OU` attaches it at once; `detach-policy` undoes it.

## Prevent
Make policy and attachment in one module.

## Validate
`aws organizations list-targets-for-policy --policy-id ID` lists the targets.

## Bad
```hcl
resource "aws_organizations_policy" "stay" { # finding
  name    = "stay"
  content = jsonencode({ Version = "2012-10-17", Statement = [] })
}
```

## Good
```hcl
resource "aws_organizations_policy" "stay" {
  name    = "stay"
  content = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_organizations_policy_attachment" "stay" {
  policy_id = aws_organizations_policy.stay.id
  target_id = "ou-ab12-cdefgh34"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(target="aws_organizations_policy", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not graph.attached(resource, "policy_id", "aws_organizations_policy_attachment"):
        yield Fail(body, "the policy is attached to nothing, so it has no effect", expected="an aws_organizations_policy_attachment")
