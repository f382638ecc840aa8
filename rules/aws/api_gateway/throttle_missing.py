"""A stage has no throttle of its own.

## Why it matters
All APIs of a region share the account's limit of 10,000 requests a second. One client in a loop, or one flood, takes it, and every
other API of the account answers 429; until then the backend takes all of it.

## Five whys
1. Why did all APIs answer 429? One of them used up the account's limit.
2. Why could it? Its stage has no throttle.
3. Why? The setting is optional, and the limit is never reached in tests.

## Fix now
`aws apigatewayv2 update-stage --api-id ID --stage-name S --default-route-settings ThrottlingRateLimit=200,ThrottlingBurstLimit=400`:
about twice the highest load of a good day.

## Workaround
Reserved concurrency on the function behind it bounds the damage to the backend.

## Prevent
Two required numbers in the module for stages.

## Validate
A short load test above the limit gets 429 from this API only.

## Bad
```hcl
resource "aws_apigatewayv2_stage" "live" { # finding
  api_id = "a1b2c3d4e5"
  name   = "live"
}
```

## Good
```hcl
resource "aws_apigatewayv2_stage" "live" {
  api_id = "a1b2c3d4e5"
  name   = "live"

  default_route_settings {
    throttling_rate_limit  = 200
    throttling_burst_limit = 400
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="aws_apigatewayv2_stage", severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(stage: Node) -> Iterator[Fail]:
    limit = stage.at("default_route_settings.throttling_rate_limit")
    if limit.missing:
        yield Fail(
            limit, "one caller may use up the request limit of the account", expected="throttling_rate_limit and throttling_burst_limit"
        )
