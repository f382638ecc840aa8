"""Nodes can reach the API server only through a short list of public ranges.

## Why it matters
Without the private endpoint the nodes talk to the public one, from the address of their NAT gateway. If that is not in
`public_access_cidrs`, new nodes never join and old ones go NotReady when their connection ends.

## Five whys
1. Why do new nodes not join? They cannot reach the API server.
2. Why not? Their NAT address is not in the allowed ranges.
3. Why do they come from outside at all? The private endpoint is off, its default.
4. Why did it work for an hour? Connections that stood went on.

## Fix now
`aws eks update-cluster-config --name C --resources-vpc-config endpointPrivateAccess=true`; nodes resolve the private address within
minutes.

## Workaround
Add the addresses of all NAT gateways to the list: `aws ec2 describe-nat-gateways --query
'NatGateways[].NatGatewayAddresses[].PublicIp'`.

## Prevent
The private endpoint always on, in the module.

## Validate
`kubectl get nodes` shows Ready for a node that has just been started.

## Bad
```hcl
resource "aws_eks_cluster" "main" {
  name = "main"

  vpc_config {
    subnet_ids          = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
    public_access_cidrs = ["203.0.113.0/24"] # finding
  }
}
```

## Good
```hcl
resource "aws_eks_cluster" "main" {
  name = "main"

  vpc_config {
    subnet_ids              = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
    endpoint_private_access = true
    public_access_cidrs     = ["203.0.113.0/24"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="aws_eks_cluster",
    each="vpc_config",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    symptoms=["Instances failed to join the kubernetes cluster", "Unable to register node .*i/o timeout"],
)
def check(network: Node) -> Iterator[Fail]:
    public, private, ranges = (network.at(name) for name in ("endpoint_public_access", "endpoint_private_access", "public_access_cidrs"))
    if (public.present and public.flag is False) or (private.present and private.flag) or ranges.missing:
        return
    if not any(item.text in ("0.0.0.0/0", "::/0") for item in ranges.each()):
        message = "nodes reach the API server only from the listed ranges, because the private endpoint is off"
        yield Fail(ranges, message, expected="endpoint_private_access = true")
