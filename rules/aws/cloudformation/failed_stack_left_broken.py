"""A stack that fails to create is left half made.

## Why it matters
What was made before the failure stays, costs money, answers traffic perhaps, and stands in the way of the next attempt.

## Five whys
1. Why does the next apply fail with "already exists"? Parts of the failed stack are still there.
2. Why? Rollback is off.
3. Why? Somebody wanted to look at the failure.

## Fix now
`aws cloudformation delete-stack --stack-name S` after saving the events (`describe-stack-events`); then remove the attribute.

## Workaround
Keep it off in a test account only.

## Prevent
No argument for it in the module.

## Validate
A failing template in a test leaves no resources.

## Bad
```hcl
resource "aws_cloudformation_stack" "legacy" {
  name             = "legacy"
  template_url     = "https://templates-4711.s3.amazonaws.com/legacy.yaml"
  disable_rollback = true # finding
}
```

## Good
```hcl
resource "aws_cloudformation_stack" "legacy" {
  name         = "legacy"
  template_url = "https://templates-4711.s3.amazonaws.com/legacy.yaml"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="aws_cloudformation_stack", severity=Severity.LOW, confidence=Confidence.FIRM)
def check(stack: Node) -> Iterator[Fail]:
    disabled, choice = stack.at("disable_rollback"), stack.at("on_failure")
    if disabled.present and disabled.flag:
        yield Fail(disabled, "a stack that fails is left half made", expected="false")
    elif choice.present and choice.text == "DO_NOTHING":
        yield Fail(choice, "a stack that fails is left half made", expected="ROLLBACK or DELETE")
