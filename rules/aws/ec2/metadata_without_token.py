"""The instance metadata service answers requests without a token (IMDSv1).

## Why it matters
One request that the application can be talked into (SSRF: a link preview, a PDF renderer, a proxy that is open by mistake) is then
enough to read the role's credentials from `169.254.169.254`. That is how 100 million customer records left one bank in 2019.

## Five whys
1. Why does somebody else use the role of the instance? They have its temporary credentials.
2. Why? The application fetched them from the metadata service on their behalf.
3. Why did the service answer? It accepts a plain GET without a session token.
4. Why? `http_tokens` is not `required`, and `optional` is what EC2 takes when nothing is said.

## Fix now
`aws ec2 modify-instance-metadata-options --instance-id i-… --http-tokens required`: no restart is needed. First see that nothing still
uses version 1: the CloudWatch metric `MetadataNoToken` of the instance is 0. Then set it in the code.

## Workaround
Where an old agent needs version 1: `--http-put-response-hop-limit 1`, and a role with the smallest rights.

## Prevent
Make it the default of the account and region: `aws ec2 modify-instance-metadata-defaults --http-tokens required`
(`aws_ec2_instance_metadata_defaults`), and refuse the rest with the condition `ec2:MetadataHttpTokens` in an SCP.

## Validate
`aws ec2 describe-instances --instance-ids i-… --query 'Reservations[].Instances[].MetadataOptions.HttpTokens'` prints required; on the
host `curl -s -o /dev/null -w '%{http_code}' http://169.254.169.254/latest/meta-data/` prints 401.

## Bad
```hcl
resource "aws_instance" "web" { # finding
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
}

resource "aws_launch_template" "web" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "t3.small"

  metadata_options {
    http_tokens = "optional" # finding
  }
}
```

## Good
```hcl
resource "aws_instance" "web" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"

  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_launch_template" "batch" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "t3.small"

  metadata_options {
    http_endpoint = "disabled"
  }
}
```

The default of the account says it for all:
```hcl
resource "aws_ec2_instance_metadata_defaults" "region" {
  http_tokens = "required"
}

resource "aws_instance" "web" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import every


@rule(
    target="aws_instance aws_spot_instance_request aws_launch_template aws_launch_configuration",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_79 AVD-AWS-0028 AVD-AWS-0130 aws-ec2-enforce-http-token-imds aws-ec2-enforce-launch-config-http-token-imds "
    "aws-autoscaling-enforce-http-token-imds",
)
def check(machine: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    tokens, endpoint = machine.at("metadata_options.http_tokens"), machine.at("metadata_options.http_endpoint")
    if not every(lambda: tokens.text != "required", lambda: endpoint.text != "disabled"):
        return
    if tokens.missing and _elsewhere(machine, resource, graph):
        return
    yield Fail(tokens, "the metadata service answers without a token", expected="http_tokens = required")


def _elsewhere(machine: Node, resource: Resource, graph: Graph) -> bool:
    """Whether the default of the account, or the launch template of an instance, decides instead."""
    if any(default.at("http_tokens").text == "required" for default in graph.of("aws_ec2_instance_metadata_defaults")):
        return True
    return resource.kind == "aws_instance" and machine.at("launch_template").present
