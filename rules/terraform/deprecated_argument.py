r"""An argument is used that the AWS provider is about to remove.

## Why it matters
Deprecated arguments work until the next major version of the provider, in which the plan fails, or, worse, the
setting is dropped. Some of them also fight with the resource that replaces them: each apply undoes what the other
did.

## Five whys
1. Why does the upgrade of the provider fail? An argument does not exist any more.
2. Why was it not replaced before? Terraform only warned.
3. Why did nobody read the warning? The log of the pipeline is long.

## Fix now
Write what the finding names, then import the new resource where there is one (`import { to = aws_s3_bucket_acl.x, id
= "bucket" }`) so that the plan changes nothing.

## Workaround
Pin the provider below the next major version: `version = "~> 5.80"`.

## Prevent
Fail the pipeline on deprecation warnings: `terraform validate -json | jq -e ".warning_count == 0"`.

## Validate
`terraform validate -json` counts no warning for the resource.

## Bad
```hcl
resource "aws_eip" "nat" {
  vpc = true # finding
}
```

## Good
```hcl
resource "aws_eip" "nat" {
  domain = "vpc"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule

_REPLACED = {
    "aws_api_gateway_deployment": {"stage_name": "aws_api_gateway_stage", "stage_description": "aws_api_gateway_stage"},
    "aws_batch_job_queue": {"compute_environments": "compute_environment_order"},
    "aws_cloudwatch_event_rule": {"is_enabled": "state"},
    "aws_dx_gateway_association": {"vpn_gateway_id": "associated_gateway_id"},
    "aws_eip": {"vpc": 'domain = "vpc"'},
    "aws_eks_addon": {"resolve_conflicts": "resolve_conflicts_on_create and resolve_conflicts_on_update"},
    "aws_flow_log": {"log_group_name": "log_destination"},
    "aws_guardduty_organization_configuration": {"auto_enable": "auto_enable_organization_members"},
    "aws_iam_role": {"managed_policy_arns": "aws_iam_role_policy_attachment", "inline_policy": "aws_iam_role_policy"},
    "aws_instance": {"cpu_core_count": "cpu_options", "cpu_threads_per_core": "cpu_options"},
    "aws_s3_bucket": {
        "acl": "aws_s3_bucket_acl",
        "policy": "aws_s3_bucket_policy",
        "acceleration_status": "aws_s3_bucket_accelerate_configuration",
        "request_payer": "aws_s3_bucket_request_payment_configuration",
    },
    "aws_spot_instance_request": {"cpu_core_count": "cpu_options", "cpu_threads_per_core": "cpu_options"},
    "aws_ssm_association": {"instance_id": "targets"},
}


@rule(target=" ".join(_REPLACED), severity=Severity.INFO, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    for name, instead in _REPLACED[resource.kind].items():
        node = body.at(name)
        if node.unknown or node.present:
            yield Fail(node, f"{name} is deprecated", expected=instead)
