"""A function in a VPC runs in one availability zone only.

## Why it matters
Lambda is spread over zones by itself, but its network interfaces are where `vpc_config` puts them. With subnets of one zone the
function cannot start when that zone has trouble, and it competes for the free addresses of that one subnet.

## Five whys
1. Why did the function fail with the zone? Its interfaces were all there.
2. Why? `vpc_config` names subnets of one zone.
3. Why? It was put beside the database, which had one zone then.

## Fix now
Add private subnets of other zones: `aws lambda update-function-configuration --function-name NAME --vpc-config
SubnetIds=subnet-a,subnet-b,SecurityGroupIds=sg-…`; each needs its own way to what the function calls (NAT gateway, endpoints, routes).

## Workaround
During the outage of a zone: the same command with the subnets of another zone; new interfaces take about a minute.

## Prevent
Pass the list of all private subnets of the VPC to the module for functions, never one id.

## Validate
`aws ec2 describe-subnets --subnet-ids $(aws lambda get-function-configuration --function-name NAME --query 'VpcConfig.SubnetIds[]'
--output text) --query 'Subnets[].AvailabilityZone'` shows two zones or more.

## Bad
```hcl
resource "aws_lambda_function" "ledger" {
  function_name = "ledger"
  role          = "arn:aws:iam::111122223333:role/ledger"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"] # finding
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}
```

```hcl
resource "aws_subnet" "blue" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-central-1a"
}

resource "aws_subnet" "green" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-central-1a"
}

resource "aws_lambda_function" "ledger" {
  function_name = "ledger"
  role          = "arn:aws:iam::111122223333:role/ledger"

  vpc_config {
    subnet_ids         = [aws_subnet.blue.id, aws_subnet.green.id] # finding
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}
```

## Good
```hcl
resource "aws_lambda_function" "ledger" {
  function_name = "ledger"
  role          = "arn:aws:iam::111122223333:role/ledger"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule


@rule(target="aws_lambda_function", each="vpc_config", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(network: Node, graph: Graph) -> Iterator[Fail]:
    subnets = network.at("subnet_ids")
    if subnets.missing:
        return
    items = list(subnets.each()) if isinstance(subnets.value, list) else []
    if not items or any(item.unknown and not item.refs for item in items):
        return
    if len(items) == 1 and not _many(items[0]):
        yield Fail(subnets, "the function stops when the zone of its only subnet fails", expected="subnets in two zones or more")
        return
    zones = [zone(item, graph) for item in items]
    if len(items) > 1 and len(set(zones)) == 1 and zones[0]:
        message = f"all subnets of the function are in {zones[0]}"
        yield Fail(subnets, message, expected="subnets in two zones or more")


def _many(item: Node) -> bool:
    return item.unknown and getattr(item.data, "many", False)


def zone(subnet: Node, graph: Graph) -> str:
    """The zone of a subnet, empty when it is not known."""
    for found in graph.targets(subnet, "aws_subnet", "data.aws_subnet"):
        name = found.at("availability_zone")
        return name.data if isinstance(name.data, str) else ""
    return ""
