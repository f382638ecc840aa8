"""The API server of a cluster answers the whole internet.

## Why it matters
Everybody can try tokens and known holes against it; one leaked kubeconfig is enough from anywhere. Holes of the API server that need no
login appear every few years, and AWS's patch is not there in the first hour.

## Five whys
1. Why was a leaked token usable from abroad? The endpoint answers every address.
2. Why? `public_access_cidrs` is left out or 0.0.0.0/0.
3. Why? That is the default, and the runners of the CI service have many addresses.

## Fix now
`aws eks update-cluster-config --name C --resources-vpc-config
endpointPublicAccess=true,publicAccessCidrs=203.0.113.0/24,endpointPrivateAccess=true`. Turn the private endpoint on with it: nodes
whose NAT address is not in the list lose the cluster otherwise. It takes about ten minutes.

## Workaround
Close the public endpoint and work through `aws ssm start-session` to a host in the VPC.

## Prevent
Runners inside the VPC, private endpoint only, and the list as a required variable.

## Validate
From outside: `curl -m 5 https://ENDPOINT/version` times out; `kubectl get nodes` from inside answers, and all nodes stay Ready.

## Bad
```hcl
resource "aws_eks_cluster" "main" {
  name = "main"

  vpc_config {
    subnet_ids          = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
    public_access_cidrs = ["0.0.0.0/0"] # finding
  }
}

resource "aws_eks_cluster" "test" {
  name = "test"

  vpc_config { # finding
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
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

from auditor.sdk import Fail, Node, Profile, Severity, rule


@rule(
    target="aws_eks_cluster",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_AWS_38 AVD-AWS-0041 aws-eks-no-public-cluster-access-to-cidr",
)
def check(cluster: Node) -> Iterator[Fail]:
    network = cluster.at("vpc_config")
    public, ranges = network.at("endpoint_public_access"), network.at("public_access_cidrs")
    if public.present and public.flag is False:
        return
    if ranges.missing:
        yield Fail(
            ranges,
            "the whole internet reaches the API server",
            expected="public_access_cidrs of your own",
            actual="not set, which means 0.0.0.0/0",
        )
        return
    for item in ranges.each():
        if item.text in ("0.0.0.0/0", "::/0"):
            yield Fail(item, "the whole internet reaches the API server", expected="the ranges of your offices and runners")
