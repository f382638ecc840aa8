r"""A function may be invoked by everybody.

## Why it matters
With `*` as principal any AWS account can run the function, with events of its choice, with the rights of its role and
at our cost. A function URL with auth type NONE adds that of the whole internet.

## Five whys
1. Why did the function process orders that were never placed? It was invoked from outside.
2. Why could it be? A permission names `*` as principal.
3. Why `*`? The caller was a service, and its name was not known; `source_arn` was thought to be enough.

## Fix now
Write the caller: `s3.amazonaws.com`, `events.amazonaws.com`, `apigateway.amazonaws.com`, or the ARN of a role,
together with `source_arn`. At once: `aws lambda remove-permission --function-name NAME --statement-id SID`.

## Workaround
Stop the function from doing harm while it is open: `aws lambda put-function-concurrency --function-name NAME
--reserved-concurrent-executions 0`.

## Prevent
Let a module write the permission from the event source, so that principal and `source_arn` are never typed. A resource
control policy or an alert on `AddPermission` with `*` in CloudTrail catches the rest.

## Validate
`aws lambda get-policy --function-name NAME --query Policy --output text` shows no `"Principal":"*"`.

## Bad
```hcl
resource "aws_lambda_permission" "events" {
  function_name = "importer"
  action        = "lambda:InvokeFunction"
  principal     = "*" # finding
}
```

## Good
```hcl
resource "aws_lambda_permission" "events" {
  function_name = "importer"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:eu-west-1:111122223333:rule/nightly"
}

resource "aws_lambda_permission" "organization" {
  function_name    = "importer"
  action           = "lambda:InvokeFunction"
  principal        = "*"
  principal_org_id = "o-a1b2c3d4e5"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule


@rule(target="aws_lambda_permission", severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV_AWS_301 FG_R00276")
def check(body: Node) -> Iterator[Fail]:
    principal = body.at("principal")
    if principal.text == "*" and body.at("principal_org_id").missing:
        yield Fail(principal, "everybody may invoke the function", expected="the service or role that invokes it")
