"""A pull request may be merged with fewer than two approvals.

## Why it matters
One approval is one stolen or careless account. With two, nobody brings code to production with one helper who clicks.

## Five whys
1. Why did the change with the backdoor get in? One approval was enough.
2. Why? The template asks for one.

## Fix now
Set `NumberOfApprovalsNeeded` to 2: `aws codecommit update-approval-rule-template-content --approval-rule-template-name T
--new-rule-content file://rule.json`. It holds for new pull requests.

## Workaround
`ApprovalPoolMembers` that name the owners' role.

## Prevent
One template for all repositories, associated by the module.

## Validate
`aws codecommit get-approval-rule-template --approval-rule-template-name T`.

## Bad
```hcl
resource "aws_codecommit_approval_rule_template" "main" {
  name = "main"
  content = jsonencode({
    Version               = "2018-11-08"
    DestinationReferences = ["refs/heads/main"]
    Statements            = [{ Type = "Approvers", NumberOfApprovalsNeeded = 1 }] # finding
  })
}
```

## Good
```hcl
resource "aws_codecommit_approval_rule_template" "main" {
  name = "main"
  content = jsonencode({
    Version               = "2018-11-08"
    DestinationReferences = ["refs/heads/main"]
    Statements            = [{ Type = "Approvers", NumberOfApprovalsNeeded = 2 }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="aws_codecommit_approval_rule_template",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_257",
    options={"approvals": 2},
)
def check(template: Node, options: dict[str, int]) -> Iterator[Fail]:
    content = template.at("content").json()
    for statement in content.each("Statements"):
        needed = statement.at("NumberOfApprovalsNeeded")
        number = needed.number if needed.present else 0
        if number is None or number < options["approvals"]:
            yield Fail(needed, "a pull request may be merged with fewer than two approvals", expected=f"at least {options['approvals']}")
