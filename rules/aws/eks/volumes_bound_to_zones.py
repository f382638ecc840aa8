"""Pods with EBS volumes run on one node group that spans several zones.

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
  subnet_ids    = [aws_subnet.a.id, aws_subnet.b.id] # finding

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

resource "aws_eks_node_group" "all" { # a node stays in each zone
  cluster_name  = "shop"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = [aws_subnet.a.id, aws_subnet.b.id]

  scaling_config {
    min_size     = 2
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
from auditor.views.decide import length
from auditor.views.eks.cluster import node_groups
from auditor.views.eks.node_group import NODES
from auditor.views.kubernetes.claim import stateful_users
from auditor.views.kubernetes.provisioner import EBS
from auditor.views.subnet import zones


@rule(target=NODES, severity=Severity.LOW, confidence=Confidence.LIKELY, symptoms=(r"volume node affinity conflict",))
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    where, least = group.at("subnet_ids"), group.at("scaling_config.min_size").number
    classes = [it for it in graph.of("StorageClass") if it.at("provisioner").text in EBS] if length(where) > 1 else []
    users = next((user for storage in classes for _, user in stateful_users(storage, graph)), None)
    if users is None or least is None or any(length(it.at("subnet_ids")) == 1 for it in node_groups(graph)):
        return
    spread = zones(where.each(), graph)
    if len(spread) > 1 and least < len(spread):
        message = f"{users.address.text} has volumes in one zone each, the group has {len(spread)} zones and may keep {least:g} nodes"
        yield Fail(where, message, expected="a group for each zone", related=(users.body,))
