"""A variable of a batch job holds a secret in clear text.

## Why it matters
Each job record shows its variables to everybody with `batch:DescribeJobs`, for a week after the job has ended, and the definition for
ever.

## Five whys
1. Why did the password leak? It is in the job definition.
2. Why? It is an entry of `environment` instead of `secrets`.

## Fix now
Rotate it; store it in Secrets Manager, use `secrets = [{ name = …, valueFrom = ARN }]` and an `executionRoleArn` that may read it;
register a new revision and deregister the old ones.

## Workaround
Fetch it in the job with its role.

## Prevent
The module takes secrets as ARNs only.

## Validate
`aws batch describe-job-definitions --job-definition-name J --status ACTIVE --query 'jobDefinitions[].containerProperties.environment'`.

## Bad
```hcl
resource "aws_batch_job_definition" "export" {
  name = "export"
  type = "container"
  container_properties = jsonencode({
    image = "export:4"
    environment = [
      { name = "DB_PASSWORD", value = "seven-hills-19" }, # finding
    ]
  })
}
```

## Good
```hcl
resource "aws_batch_job_definition" "export" {
  name = "export"
  type = "container"
  container_properties = jsonencode({
    image   = "export:4"
    secrets = [{ name = "DB_PASSWORD", valueFrom = "arn:aws:ssm:eu-central-1:111122223333:parameter/export/database" }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.container import containers, secret_variables


@rule(target="aws_batch_job_definition", each=containers, severity=Severity.HIGH, confidence=Confidence.LIKELY)
def check(container: Node) -> Iterator[Fail]:
    for name, value in secret_variables(container):
        message = f"the variable {name} of the job seems to hold a secret in clear text"
        yield Fail(value, message, expected="an entry of secrets with valueFrom", actual="(not shown)", secret=True)
