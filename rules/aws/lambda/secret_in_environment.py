"""A variable of a function holds a secret in clear text.

## Why it matters
Everybody who may describe the function reads its variables: read-only roles, the console, every tool with
`lambda:GetFunctionConfiguration`. The value also lies in the Terraform state, in the plan, and in CloudTrail of whoever set it.

## Five whys
1. Why had a contractor the database password? He may list functions.
2. Why does the list show it? It is a plain variable of the function.
3. Why not in a secret store? The code reads `os.environ`, and that was one line.
4. Why did the review not stop it? The value came through a variable and looked harmless.

## Fix now
Rotate it first, it has been readable. Put it into Secrets Manager or an SSM SecureString, give the function's role
`secretsmanager:GetSecretValue` on that ARN, pass only the name in the variable, and read it once at start.

## Workaround
The AWS Parameters and Secrets extension (a layer) serves the value on localhost, so the code changes by one HTTP call.

## Prevent
Pass names and ARNs in variables, never values; scan plans in the pipeline.

## Validate
`aws lambda get-function-configuration --function-name NAME --query Environment.Variables` shows nothing that you would not print.

## Bad
```hcl
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"

  environment {
    variables = {
      STAGE         = "production"
      PAYMENT_TOKEN = "tk-6f1c09d2b7aa" # finding
    }
  }
}
```

```hcl
resource "random_password" "database" {
  length = 24
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"

  environment {
    variables = { DB_PASSWORD = random_password.database.result } # finding
  }
}
```

## Good
```hcl
resource "aws_secretsmanager_secret" "database" {
  name = "orders/database"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"

  environment {
    variables = {
      STAGE          = "production"
      DB_SECRET_ARN  = aws_secretsmanager_secret.database.arn
      TOKEN_PATH     = "/orders/payment-token"
      PASSWORD_PARAM = "/orders/database-password"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.environment import holds_secret


@rule(
    target="aws_lambda_function",
    each="environment.variables",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    aliases="CKV_AWS_45",
)
def check(variables: Node) -> Iterator[Fail]:
    for name, value in variables.entries():
        if holds_secret(name, value):
            message = f"the variable {name} seems to hold a secret in clear text"
            yield Fail(value, message, expected="the name of a secret or parameter", actual="(not shown)", secret=True)
