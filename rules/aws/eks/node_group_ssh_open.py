"""The nodes of a group accept SSH from the whole internet.

## Why it matters
When a key is named but no source group, EKS makes a security group that opens port 22 to 0.0.0.0/0. It stands in no file of yours, and
whoever gets the key gets the node, its role and all pods.

## Five whys
1. Why is port 22 of the nodes open? EKS opened it.
2. Why to everybody? `remote_access` has a key and no `source_security_group_ids`.
3. Why did nobody see it? The security group is not in the code.

## Fix now
The block cannot be changed: a new node group takes its place. Now: find the group (`aws eks describe-nodegroup --cluster-name C
--nodegroup-name N --query nodegroup.resources.remoteAccessSecurityGroup`) and `aws ec2 revoke-security-group-ingress --group-id sg-…
--protocol tcp --port 22 --cidr 0.0.0.0/0`.

## Workaround
Use private subnets without a route from the internet.

## Prevent
No SSH at all: `AmazonSSMManagedInstanceCore` on the node role, and `aws ssm start-session`.

## Validate
`aws ec2 describe-security-group-rules --filters Name=group-id,Values=sg-…` shows no 0.0.0.0/0 on port 22.

## Bad
```hcl
resource "aws_eks_node_group" "workers" {
  cluster_name  = "main"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]

  remote_access { # finding
    ec2_ssh_key = "operators"
  }
}
```

## Good
```hcl
resource "aws_eks_node_group" "workers" {
  cluster_name  = "main"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]

  remote_access {
    ec2_ssh_key               = "operators"
    source_security_group_ids = ["sg-0123456789abcdef0"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule


@rule(target="aws_eks_node_group", each="remote_access", severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV_AWS_100")
def check(access: Node) -> Iterator[Fail]:
    groups = access.at("source_security_group_ids")
    if access.at("ec2_ssh_key").present and groups.missing:
        yield Fail(groups, "EKS opens port 22 of the nodes to the whole internet", expected="the security group of your bastion")
