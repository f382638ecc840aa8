r"""A policy names a service that AWS does not have.

## Why it matters
The part before the colon of an action is the prefix of a service, which is not always its name: Step Functions is `states`, CloudWatch
Logs `logs`, OpenSearch `es`, Elastic Load Balancing `elasticloadbalancing`. A prefix that does not exist is accepted, and the statement
grants nothing for it.

## Five whys
1. Why is the call refused although the policy allows it? The action in the policy is of a service that does not exist.
2. Why was it written? The service's name was taken for its prefix, or misspelt.
3. Why was it accepted? IAM checks the form of an action, not that it exists.

## Fix now
Write the prefix in the message; the policy holds within seconds of the change. The Service Authorization Reference lists each service
with its prefix.

## Workaround
None: no other statement makes up for it but one with the right prefix.

## Prevent
`aws accessanalyzer validate-policy --policy-type IDENTITY_POLICY --policy-document file://policy.json` in the pipeline.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ARN --action-names PREFIX:ACTION` says `allowed`.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["stepfunctions:StartExecution"], Resource = "*" }] # finding
  })
}
```

## Good
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["states:StartExecution"], Resource = "*" }]
  })
}
```

```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["acmenewservice:Start", "*"], Resource = "*" }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.iam_actions import service_exists
from auditor.views.needs.naming import meant
from auditor.views.policy import EVERY, Statement, statements


@rule(target=EVERY, each=statements, severity=Severity.LOW, confidence=Confidence.LIKELY, symptoms=["AccessDenied"])
def check(statement: Statement) -> Iterator[Fail]:
    for pattern in (*statement.actions, *statement.not_actions):
        service, sign, _ = (pattern.text or "").partition(":")
        if sign and service.isascii() and service.replace("-", "").isalnum() and not service_exists(service) and (known := meant(service)):
            message = f"AWS has no service {service}; the actions of the one that is meant begin with {known}:"
            yield Fail(pattern, message, expected=f"{known}:", actual=service)
