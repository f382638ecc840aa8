"""A variable of a build holds a secret in clear text.

## Why it matters
Everybody with `codebuild:BatchGetProjects` reads it, each build shows it in its record, and `printenv` in a build script prints it.
Build credentials can usually change production.

## Five whys
1. Why did the token leak? It was in the project's variables.
2. Why in clear text? Its type is PLAINTEXT, the default.
3. Why? It was the first form that worked.

## Fix now
Rotate it; store the new one in Secrets Manager, and write `type = "SECRETS_MANAGER"`, `value = "NAME:KEY"`. The build role needs
`secretsmanager:GetSecretValue` on it. CodeBuild masks such values in its logs.

## Workaround
Fetch it in the buildspec (`env/secrets-manager`).

## Prevent
Refuse PLAINTEXT variables with secret names in the module.

## Validate
`aws codebuild batch-get-projects --names P --query 'projects[].environment.environmentVariables'` shows names only.

## Bad
```hcl
resource "aws_codebuild_project" "shop" {
  name         = "shop"
  service_role = "arn:aws:iam::111122223333:role/build"

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/amazonlinux-x86_64-standard:5.0"
    type         = "LINUX_CONTAINER"

    environment_variable {
      name  = "REGISTRY_PASSWORD"
      value = "green-field-204" # finding
    }
  }
}
```

## Good
```hcl
resource "aws_codebuild_project" "shop" {
  name         = "shop"
  service_role = "arn:aws:iam::111122223333:role/build"

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/amazonlinux-x86_64-standard:5.0"
    type         = "LINUX_CONTAINER"

    environment_variable {
      name  = "REGISTRY_PASSWORD"
      type  = "SECRETS_MANAGER"
      value = "build/registry:password"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.environment import holds_secret


@rule(
    target="aws_codebuild_project",
    each="environment.environment_variable",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
)
def check(variable: Node) -> Iterator[Fail]:
    kind, name, value = variable.at("type"), variable.at("name"), variable.at("value")
    if kind.present and kind.text in ("PARAMETER_STORE", "SECRETS_MANAGER"):
        return
    if isinstance(name.data, str) and holds_secret(name.data, value):
        message = f"the variable {name.data} seems to hold a secret in clear text"
        yield Fail(value, message, expected="type SECRETS_MANAGER or PARAMETER_STORE", actual="(not shown)", secret=True)
