"""Pods with EBS volumes run on node groups that span several zones.

## Why it matters
An EBS volume is in one zone, and so is its pod. When the last node of that zone is gone, the autoscaler adds a node to the group, and
Auto Scaling puts it into whichever zone has the fewest: the pod waits for a node in its own zone, which nothing asks for.

## Five whys
1. Why is the database Pending with `volume node affinity conflict`? No node is in the zone of its volume.
2. Why is none made there? The group has three zones, and a new node came up in another one.
3. Why? The autoscaler can only ask for one node more, not for one in a zone.

## Fix now
Make a group for each zone (`for_each` over the subnets), and start the autoscaler with `--balance-similar-node-groups`. At once: cordon
the other zones' nodes and raise the group until a node is in the right zone.

## Workaround
A minimum of one node in each zone: `min_size` of at least the number of zones; rebalancing keeps them spread.

## Prevent
Groups of one zone for whatever has volumes; or Karpenter, which starts nodes where a volume is; or EFS.

## Validate
Drain the node of a StatefulSet's pod: it comes back on a new node in the same zone.

## Bad
```hcl
resource "aws_subnet" "a" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.0.0/20"
  availability_zone = "eu-central-1a"
}

resource "aws_subnet" "b" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.16.0/20"
  availability_zone = "eu-central-1b"
}

resource "aws_eks_node_group" "all" {
  cluster_name  = "shop"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = [aws_subnet.a.id, aws_subnet.b.id]

  scaling_config {
    min_size     = 1
    desired_size = 2
    max_size     = 10
  }
}

resource "kubernetes_storage_class" "gp3" {
  metadata {
    name = "gp3"
  }
  storage_provisioner = "ebs.csi.aws.com"
}

resource "kubernetes_stateful_set" "db" {
  metadata {
    name      = "db"
    namespace = "shop"
  }
  spec {
    service_name = "db"
    selector {
      match_labels = { app = "db" }
    }
    template {
      metadata {
        labels = { app = "db" }
      }
      spec {
        container {
          name  = "db"
          image = "shop/db:16.2"
        }
      }
    }
    volume_claim_template {
      metadata {
        name = "data"
      }
      spec {
        storage_class_name = "gp3" # finding
        access_modes       = ["ReadWriteOnce"]
        resources {
          requests = { storage = "20Gi" }
        }
      }
    }
  }
}
```

## Good
```hcl
resource "aws_subnet" "a" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.0.0/20"
  availability_zone = "eu-central-1a"
}

resource "aws_subnet" "b" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.16.0/20"
  availability_zone = "eu-central-1b"
}

resource "aws_eks_node_group" "a" {
  cluster_name  = "shop"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = [aws_subnet.a.id]

  scaling_config {
    min_size     = 0
    desired_size = 1
    max_size     = 10
  }
}

resource "aws_eks_node_group" "b" {
  cluster_name  = "shop"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = [aws_subnet.b.id]

  scaling_config {
    min_size     = 0
    desired_size = 1
    max_size     = 10
  }
}

resource "kubernetes_storage_class" "gp3" {
  metadata {
    name = "gp3"
  }
  storage_provisioner = "ebs.csi.aws.com"
}

resource "kubernetes_stateful_set" "db" {
  metadata {
    name      = "db"
    namespace = "shop"
  }
  spec {
    service_name = "db"
    selector {
      match_labels = { app = "db" }
    }
    template {
      metadata {
        labels = { app = "db" }
      }
      spec {
        container {
          name  = "db"
          image = "shop/db:16.2"
        }
      }
    }
    volume_claim_template {
      metadata {
        name = "data"
      }
      spec {
        storage_class_name = "gp3"
        access_modes       = ["ReadWriteOnce"]
        resources {
          requests = { storage = "20Gi" }
        }
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.eks.cluster import node_groups
from auditor.views.eks.node_group import keeps_zones, takers
from auditor.views.kubernetes.claim import storage_class
from auditor.views.kubernetes.pod import pods
from auditor.views.kubernetes.provisioner import EBS


@rule(
    target="StatefulSet",
    each="spec.volumeClaimTemplates",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    symptoms=(r"volume node affinity conflict",),
)
def check(claim: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    groups = [group for pod in pods(resource, graph) for group in takers(pod, node_groups(graph), graph)]
    if not groups or any(keeps_zones(group, graph) for group in groups):
        return
    found = storage_class(claim, resource, graph)
    for storage in found.targets if found is not None else ():
        if storage.at("provisioner").text in EBS:
            names = ", ".join(group.address.text for group in groups)
            message = f"each volume is in one zone, and {names} may have no node in it: more zones than the smallest number of nodes"
            related = tuple(group.at("subnet_ids") for group in groups)
            yield Fail(claim.at("spec.storageClassName"), message, expected="a node group for each zone", related=related)
