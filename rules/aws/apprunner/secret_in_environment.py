"""A variable of an App Runner service holds a secret in clear text.

## Why it matters
Everybody with `apprunner:DescribeService` reads it, and it stands in the state and in the console.

## Five whys
1. Why could a reader of the console see the password? It is a plain variable of the service.
2. Why not a secret? `runtime_environment_secrets` was not known when the service was written.

## Fix now
Rotate it, store it in Secrets Manager or as SecureString, and move the entry to `runtime_environment_secrets` with the ARN; the
instance role needs `secretsmanager:GetSecretValue` or `ssm:GetParameters`.

## Workaround
Fetch it at start with the instance role.

## Prevent
Let the module take secrets as ARNs only.

## Validate
`aws apprunner describe-service --service-arn ARN` shows names and ARNs.

## Bad
```hcl
resource "aws_apprunner_service" "shop" {
  service_name = "shop"

  source_configuration {
    image_repository {
      image_identifier      = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop:3"
      image_repository_type = "ECR"

      image_configuration {
        runtime_environment_variables = {
          DB_PASSWORD = "river-stone-88" # finding
        }
      }
    }
  }
}
```

## Good
```hcl
resource "aws_apprunner_service" "shop" {
  service_name = "shop"

  source_configuration {
    image_repository {
      image_identifier      = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop:3"
      image_repository_type = "ECR"

      image_configuration {
        runtime_environment_secrets = {
          DB_PASSWORD = "arn:aws:ssm:eu-central-1:111122223333:parameter/shop/database"
        }
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.environment import holds_secret

_PATHS = (
    "source_configuration.image_repository.image_configuration.runtime_environment_variables",
    "source_configuration.code_repository.code_configuration.code_configuration_values.runtime_environment_variables",
)


def variables(resource: Resource, _graph: Graph) -> Iterator[Node]:
    for path in _PATHS:
        yield from resource.each(path)


@rule(target="aws_apprunner_service", each=variables, severity=Severity.HIGH, confidence=Confidence.LIKELY)
def check(table: Node) -> Iterator[Fail]:
    for name, value in table.entries():
        if holds_secret(name, value):
            message = f"the variable {name} seems to hold a secret in clear text"
            yield Fail(value, message, expected="an entry of runtime_environment_secrets", actual="(not shown)", secret=True)
