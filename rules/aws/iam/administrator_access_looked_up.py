r"""The policy AdministratorAccess is looked up, to be attached somewhere.

## Why it matters
Looking AdministratorAccess up by name has one use: giving it to somebody. The attachment may stand in another module,
where only `policy_arn = var.policy_arn` can be seen; here is the place that says what it is.

## Five whys
1. Why is the role an administrator although its module names no such policy? The ARN is handed in.
2. Where does it come from? From a data source that looks AdministratorAccess up.
3. Why that policy? It made the first deployment work.

## Fix now
Follow where the data source goes (`terraform graph | grep aws_iam_policy`), and replace it by a policy with what the
principal uses.

## Workaround
Set a permissions boundary on the principals that get it.

## Prevent
Do not take policy ARNs as module arguments; take the purpose (`read_only = true`), and let the module choose.

## Validate
`grep -rn AdministratorAccess --include=*.tf .` finds nothing but the people's role.

## Bad
```hcl
data "aws_iam_policy" "all" {
  name = "AdministratorAccess" # finding
}
```

## Good
```hcl
data "aws_iam_policy" "read" {
  name = "ReadOnlyAccess"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(target="data.aws_iam_policy", severity=Severity.MEDIUM, aliases="CKV_AWS_275")
def check(body: Node) -> Iterator[Fail]:
    name, arn = body.at("name"), body.at("arn")
    if not name.unknown and name.text == "AdministratorAccess":
        yield Fail(name, "AdministratorAccess is looked up", expected="a policy with what the principal needs")
    elif not arn.missing and (arn.text or "").endswith(":iam::aws:policy/AdministratorAccess"):
        yield Fail(arn, "AdministratorAccess is looked up", expected="a policy with what the principal needs")
