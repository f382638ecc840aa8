r"""Self-managed nodes start with a role that their cluster does not let in.

## Why it matters
Nodes of managed groups and Fargate are let in by EKS itself. Nodes that come from an auto scaling group of one's own need an access entry
of type `EC2_LINUX` for their role, or a line in the ConfigMap `aws-auth`, whose ARN has no path. Without it they run, cost, and never
appear in `kubectl get nodes`.

## Five whys
1. Why are there instances and no nodes? The kubelet is `Unauthorized` at the API server.
2. Why? The cluster has no entry for the role of the instances.
3. Why not? The authentication mode is `API`, and only `aws-auth` was written, or the ARN in it has a path.

## Fix now
`aws eks create-access-entry --cluster-name NAME --principal-arn ROLE_ARN --type EC2_LINUX`; the kubelets register within a minute.

## Workaround
With `API_AND_CONFIG_MAP` or `CONFIG_MAP`: `eksctl create iamidentitymapping --cluster NAME --arn ROLE_ARN_WITHOUT_PATH --group
system:bootstrappers --group system:nodes --username system:node:{{EC2PrivateDNSName}}`.

## Prevent
Managed node groups; or make the access entry in the module that makes the auto scaling group.

## Validate
`kubectl get nodes` lists the instances; `journalctl -u kubelet` on one of them shows no Unauthorized.

## Bad
```hcl
resource "aws_eks_cluster" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  access_config {
    authentication_mode = "API"
  }

  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]
  }
}

resource "aws_iam_role" "nodes" {
  name = "nodes"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_instance_profile" "nodes" {
  name = "nodes"
  role = aws_iam_role.nodes.name
}

resource "aws_launch_template" "nodes" {
  name          = "nodes"
  image_id      = "ami-0abcdef1234567890"
  instance_type = "m6i.large"
  user_data     = "#!/bin/bash\n/etc/eks/bootstrap.sh main" # finding

  iam_instance_profile {
    name = aws_iam_instance_profile.nodes.name
  }
}
```

## Good
```hcl
resource "aws_eks_cluster" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  access_config {
    authentication_mode = "API"
  }

  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]
  }
}

resource "aws_iam_role" "nodes" {
  name = "nodes"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_instance_profile" "nodes" {
  name = "nodes"
  role = aws_iam_role.nodes.name
}

resource "aws_launch_template" "nodes" {
  name          = "nodes"
  image_id      = "ami-0abcdef1234567890"
  instance_type = "m6i.large"
  user_data     = "#!/bin/bash\n/etc/eks/bootstrap.sh main"

  iam_instance_profile {
    name = aws_iam_instance_profile.nodes.name
  }
}

resource "aws_eks_access_entry" "nodes" {
  cluster_name  = aws_eks_cluster.main.name
  principal_arn = aws_iam_role.nodes.arn
  type          = "EC2_LINUX"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.cluster_access import KINDS, nodes_without_access


@rule(target=KINDS, severity=Severity.HIGH, confidence=Confidence.FIRM, symptoms=[r"Unable to register node with API server.*Unauthorized"])
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from nodes_without_access(resource, graph)
