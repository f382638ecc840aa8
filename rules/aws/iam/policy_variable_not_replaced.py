r"""A policy uses variables, but its language version does not know them.

## Why it matters
Without `"Version": "2012-10-17"` a text like `${aws:username}` is not replaced: it is compared letter by letter, and
never matches. Users get AccessDenied on their own folder, or a Deny that should stop them does nothing.

## Five whys
1. Why can nobody reach their own folder? The resource in the policy is a folder named `${aws:username}`.
2. Why was the variable not replaced? The policy has no Version, and then the language of 2008 holds.
3. Why has it none? The element is optional, and the example it was copied from lacked it.

## Fix now
Put `"Version": "2012-10-17"` at the top of the document and apply.

## Workaround
Name the users' folders one by one until the policy is deployed.

## Prevent
Write policies with `data.aws_iam_policy_document`, which always sets the version.

## Validate
`aws iam simulate-custom-policy --policy-input-list file://policy.json --action-names s3:GetObject --resource-arns
arn:aws:s3:::home/anna/x --context-entries ContextKeyName=aws:username,ContextKeyValues=anna,ContextKeyType=string`
answers `allowed`.

## Bad
```hcl
resource "aws_iam_policy" "home" {
  name = "home"
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "arn:aws:s3:::home/$${aws:username}/*" # finding
    }]
  })
}
```

## Good
```hcl
resource "aws_iam_policy" "home" {
  name = "home"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "arn:aws:s3:::home/$${aws:username}/*"
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.policy import EVERY, Policy, policies


def documents(resource: Resource, graph: Graph) -> tuple[Policy, ...]:
    """All documents of a resource."""
    return policies(resource, graph)


@rule(target=EVERY, each=documents, severity=Severity.MEDIUM, symptoms=["AccessDenied"])
def check(policy: Policy) -> Iterator[Fail]:
    if policy.tree.unknown or policy.version == "2012-10-17":
        return
    for statement in policy.statements:
        texts = [
            *statement.resources,
            *statement.not_resources,
            *(value for condition in statement.conditions for value in condition.values),
        ]
        for node in texts:
            if _has_variable(node):
                yield Fail(
                    node, "the variable is not replaced, since the policy has no Version 2012-10-17", expected='"Version": "2012-10-17"'
                )
                return


def _has_variable(node: Node) -> bool:
    return not node.unknown and "${" in (node.text or "")
