"""A stage logs no execution errors, or keeps no metrics of its methods.

## Why it matters
The access log says that a request got 500; the execution log says why: mapping error, timeout, refused permission, malformed answer of
the function. Without metrics per method nobody sees which path fails.

## Five whys
1. Why did nobody find out about the malformed answers? The gateway did not log them.
2. Why? Its stage has no method settings with a logging level.
3. Why? It is off until set, and needs a role in the account's settings.

## Fix now
`aws apigateway update-stage --rest-api-id ID --stage-name S --patch-operations op=replace,path='/*/*/logging/loglevel',value=ERROR
op=replace,path='/*/*/metrics/enabled',value=true`. The account needs `aws_api_gateway_account.cloudwatch_role_arn` once.

## Workaround
`aws apigateway test-invoke-method --rest-api-id ID --resource-id R --http-method GET` prints the execution log of one call.

## Prevent
Settings for `*/*` beside each stage in the module.

## Validate
Make a call fail; `aws logs tail API-Gateway-Execution-Logs_ID/S --since 5m` shows it.

## Bad
```hcl
resource "aws_api_gateway_stage" "live" { # finding
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "f6g7h8"
  stage_name    = "live"
}
```

## Good
```hcl
resource "aws_api_gateway_stage" "live" {
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "f6g7h8"
  stage_name    = "live"
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = "a1b2c3d4e5"
  stage_name  = aws_api_gateway_stage.live.stage_name
  method_path = "*/*"

  settings {
    logging_level   = "ERROR"
    metrics_enabled = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.index import agreeing

SETTINGS = "aws_api_gateway_method_settings"


@rule(target="aws_api_gateway_stage", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV2_AWS_4")
def check(stage: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found = _settings(resource, graph) or graph.attached(resource, "stage_name", SETTINGS)
    if not found:
        yield Fail(stage, "no method of the stage logs errors or keeps metrics", expected="aws_api_gateway_method_settings for */*")
        return
    for settings in found:
        level, metrics = settings.at("settings.logging_level"), settings.at("settings.metrics_enabled")
        if level.present and level.text in ("ERROR", "INFO") and metrics.present and metrics.flag:
            return
    yield Fail(
        stage,
        "no settings of the stage log errors and keep metrics",
        expected="logging_level ERROR and metrics_enabled",
        related=(found[0].body,),
    )


def _settings(stage: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The settings for that name of a stage of the same API."""
    same = agreeing(stage.at("rest_api_id"), graph, "rest_api_id", SETTINGS)
    return tuple(found for found in agreeing(stage.at("stage_name"), graph, "stage_name", SETTINGS) if found in same)
