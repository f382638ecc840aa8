r"""The role of a cluster, its nodes or its Fargate pods lacks what EKS needs.

## Why it matters
A cluster whose role cannot see the network is not created. Nodes whose role cannot pull images or give addresses to pods join and stay
`NotReady`: the node group ends in `CREATE_FAILED` after 25 minutes, or new nodes take no pods.

## Five whys
1. Why are the nodes NotReady? The pod `aws-node` on them does not start, or no pod gets an address.
2. Why? The node's role may not call the actions in the message.
3. Why not? One of the three policies that AWS wants on a node role (`AmazonEKSWorkerNodePolicy`, `AmazonEKS_CNI_Policy`,
   `AmazonEC2ContainerRegistryPullOnly`) is not attached, and no other role is declared for the network plugin.

## Fix now
`aws iam attach-role-policy --role-name ROLE --policy-arn arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy` (for the cluster
`AmazonEKSClusterPolicy`); then `kubectl -n kube-system rollout restart daemonset aws-node`.

## Workaround
Give the network plugin a role of its own: `aws eks create-pod-identity-association --cluster-name NAME --namespace kube-system
--service-account aws-node --role-arn ARN`.

## Prevent
Attach the policies with `for_each` over one list in the module of the node group, and let the node group `depends_on` the attachments.

## Validate
`kubectl get nodes` shows `Ready` for the new nodes, `kubectl -n kube-system get pods -l k8s-app=aws-node` shows no restarts.

## Bad
```hcl
resource "aws_iam_role" "nodes" {
  name = "nodes"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "amazoneksworkernodepolicy" {
  role       = aws_iam_role.nodes.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"
}

resource "aws_iam_role_policy_attachment" "amazonec2containerregistryreadonly" {
  role       = aws_iam_role.nodes.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"
}

resource "aws_eks_node_group" "workers" {
  cluster_name    = "main"
  node_group_name = "workers"
  node_role_arn   = aws_iam_role.nodes.arn # finding
  subnet_ids      = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]

  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 4
  }
}
```

```hcl
resource "aws_iam_role" "cluster" {
  name = "cluster"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "eks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "cluster" {
  role = aws_iam_role.cluster.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "logs:*", Resource = "*" },
    ]
  })
}

resource "aws_eks_cluster" "main" {
  name     = "main"
  role_arn = aws_iam_role.cluster.arn # finding

  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]
  }
}
```

## Good
```hcl
resource "aws_iam_role" "nodes" {
  name = "nodes"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "amazoneksworkernodepolicy" {
  role       = aws_iam_role.nodes.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"
}

resource "aws_iam_role_policy_attachment" "amazonec2containerregistryreadonly" {
  role       = aws_iam_role.nodes.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"
}

resource "aws_iam_role_policy_attachment" "amazoneks_cni_policy" {
  role       = aws_iam_role.nodes.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"
}

resource "aws_eks_node_group" "workers" {
  cluster_name    = "main"
  node_group_name = "workers"
  node_role_arn   = aws_iam_role.nodes.arn
  subnet_ids      = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]

  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 4
  }
}
resource "aws_iam_role" "cluster" {
  name = "cluster"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "eks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "amazoneksclusterpolicy" {
  role       = aws_iam_role.cluster.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"
}

resource "aws_eks_cluster" "main" {
  name     = "main"
  role_arn = aws_iam_role.cluster.arn

  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]
  }
}
```

```hcl
# the network plugin has a role of its own
resource "aws_iam_role" "nodes" {
  name = "nodes"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "amazoneksworkernodepolicy" {
  role       = aws_iam_role.nodes.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"
}

resource "aws_iam_role_policy_attachment" "amazonec2containerregistrypullonly" {
  role       = aws_iam_role.nodes.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"
}

resource "aws_eks_node_group" "workers" {
  cluster_name    = "main"
  node_group_name = "workers"
  node_role_arn   = aws_iam_role.nodes.arn
  subnet_ids      = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]

  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 4
  }
}
resource "aws_iam_role" "network" {
  name = "network"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "pods.eks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "amazoneks_cni_policy" {
  role       = aws_iam_role.network.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"
}

resource "aws_eks_pod_identity_association" "network" {
  cluster_name    = "main"
  namespace       = "kube-system"
  service_account = "aws-node"
  role_arn        = aws_iam_role.network.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.clusters import cluster_needs
from auditor.views.needs.lack import unmet


@rule(
    target="aws_eks_cluster aws_eks_node_group aws_eks_fargate_profile",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[
        r"NodeCreationFailure",
        r"aws-cni.*UnauthorizedOperation",
    ],
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(cluster_needs(resource, graph), resource, graph)
