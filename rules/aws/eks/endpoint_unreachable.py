"""Neither the public nor the private endpoint of a cluster is open.

## Why it matters
Nobody could reach the API server, the nodes included. EKS refuses it (`Private and public endpoint access cannot be false`), so the
apply fails in the middle of closing the public side.

## Five whys
1. Why did the apply fail? Both endpoints would be closed.
2. Why? The public one is turned off, and the private one is off by default.
3. Why was that overlooked? The default stands in no file.

## Fix now
Add `endpoint_private_access = true` beside `endpoint_public_access = false`, and check that subnets and security group let your
administrators in on 443.

## Workaround
Open the private endpoint first, test it, then close the public one in a second apply.

## Prevent
One variable in the module that sets both.

## Validate
`aws eks describe-cluster --name C --query 'cluster.resourcesVpcConfig.[endpointPublicAccess,endpointPrivateAccess]'` shows at least one
true.

## Bad
```hcl
resource "aws_eks_cluster" "main" {
  name = "main"

  vpc_config {
    subnet_ids             = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
    endpoint_public_access = false # finding
  }
}
```

## Good
```hcl
resource "aws_eks_cluster" "main" {
  name = "main"

  vpc_config {
    subnet_ids              = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
    endpoint_public_access  = false
    endpoint_private_access = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule


@rule(target="aws_eks_cluster", each="vpc_config", severity=Severity.HIGH, profile=Profile.GATE)
def check(network: Node) -> Iterator[Fail]:
    public, private = network.at("endpoint_public_access"), network.at("endpoint_private_access")
    if public.present and public.flag is False and (private.missing or private.flag is False):
        yield Fail(public, "neither endpoint of the API server is open", expected="endpoint_private_access = true")
