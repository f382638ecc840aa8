r"""The value of a secure parameter is written in the code.

## Why it matters
A SecureString is encrypted in AWS; its plain text stands in the repository beside it. Who may not read the parameter
reads the code.

## Five whys
1. Why did the API key leak although it is a SecureString? It stands in the repository.
2. Why there? `value` is a required argument.
3. Why was no blank used? That the value could be set by hand later was not known.

## Fix now
Set a new value by hand (`aws ssm put-parameter --name NAME --type SecureString --overwrite --value file://value.txt`, or
in the console), write a blank into the code and add `lifecycle { ignore_changes = [value] }`. With Terraform 1.11,
`value_wo` takes an ephemeral value that is kept nowhere.

## Workaround
Limit who can read the repository until the key is changed; then change it.

## Prevent
Let a module make parameters with a blank value and `ignore_changes`; keep the values in the hands of those who rotate
them.

## Validate
`aws ssm get-parameter-history --name NAME --query "Parameters[-1].LastModifiedUser"` names a person or the rotation,
not the pipeline.

## Bad
```hcl
resource "aws_ssm_parameter" "payment" {
  name  = "/shop/payment-key"
  type  = "SecureString"
  value = "9f8a7d6c5b4e3f2a" # finding
}
```

## Good
```hcl
resource "aws_ssm_parameter" "payment" {
  name  = "/shop/payment-key"
  type  = "SecureString"
  value = "set by hand"
  lifecycle {
    ignore_changes = [value]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.secret import blank, conceal, written


@rule(target="aws_ssm_parameter", severity=Severity.HIGH, facets=[Facet.WRITTEN], aliases="CKV_AWS_384")
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if body.at("type").text != "SecureString" or {"value", "all"} & set(resource.ignored):
        return
    for path in ("value", "value_wo"):
        node = body.at(path)
        text = written(resource, node)
        if text and not blank(text):
            yield Fail(
                conceal(node),
                "the value of a secure parameter is written in the code",
                expected="a blank, and ignore_changes",
                actual="(sensitive)",
            )
