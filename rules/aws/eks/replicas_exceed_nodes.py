"""An autoscaler may want more pods than the node groups can ever hold.

## Why it matters
The autoscaler raises the replicas on the day of the largest load, and those beyond the room of the nodes stay `Pending`: the cluster
autoscaler stops at the maximum of each node group. Everything looks scaled, and requests are refused.

## Five whys
1. Why are 12 of 40 pods Pending? No node has room, and no node is added.
2. Why not? The node group is at its maximum.
3. Why is that too small? 10 nodes hold 3 of these pods each.
4. Why did nobody see it? The maximum of the pods is in a manifest, that of the nodes in Terraform.

## Fix now
`aws eks update-nodegroup-config --cluster-name C --nodegroup-name G --scaling-config minSize=…,maxSize=N,desiredSize=…` with the number of
the message, and the same in the code. `kubectl get pods --field-selector=status.phase=Pending` shows who waits.

## Workaround
Lower the requests where `kubectl top pods` shows that they are too large, so that more pods fit on a node.

## Prevent
Compare both numbers in the pipeline, as this rule does. It takes each node for this workload alone, so that the real room is smaller.

## Validate
Raise the replicas to the maximum in a test (`kubectl scale`): all pods become Running.

## Bad
```hcl
# main.tf
resource "aws_eks_node_group" "web" {
  cluster_name   = "shop"
  node_role_arn  = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids     = ["subnet-0123456789abcdef0"]
  instance_types = ["m6i.large"]

  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 10
  }
}

resource "kubernetes_deployment" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
  }
  spec {
    selector {
      match_labels = { app = "web" }
    }
    template {
      metadata {
        labels = { app = "web" }
      }
      spec {
        container {
          name  = "web"
          image = "shop/web:1.4.2"
          resources {
            requests = { cpu = "600m", memory = "1Gi" }
          }
        }
      }
    }
  }
}

resource "kubernetes_horizontal_pod_autoscaler_v2" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
  }
  spec {
    min_replicas = 2
    max_replicas = 31 # finding
    scale_target_ref {
      api_version = "apps/v1"
      kind        = "Deployment"
      name        = "web"
    }
  }
}
```

## Good
```hcl
resource "aws_eks_node_group" "web" {
  cluster_name   = "shop"
  node_role_arn  = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids     = ["subnet-0123456789abcdef0"]
  instance_types = ["m6i.large"]

  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 10
  }
}

resource "aws_eks_node_group" "gpu" { # has a taint that the pods do not tolerate, and counts for nothing
  cluster_name   = "shop"
  node_role_arn  = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids     = ["subnet-0123456789abcdef0"]
  instance_types = ["g5.xlarge"]

  scaling_config {
    min_size     = 0
    desired_size = 0
    max_size     = 10
  }
  taint {
    key    = "gpu"
    value  = "true"
    effect = "NO_SCHEDULE"
  }
}

resource "kubernetes_deployment" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
  }
  spec {
    selector {
      match_labels = { app = "web" }
    }
    template {
      metadata {
        labels = { app = "web" }
      }
      spec {
        container {
          name  = "web"
          image = "shop/web:1.4.2"
          resources {
            requests = { cpu = "600m", memory = "1Gi" }
          }
        }
      }
    }
  }
}

resource "kubernetes_horizontal_pod_autoscaler_v2" "web" { # 10 nodes of 1930m hold 3 each
  metadata {
    name      = "web"
    namespace = "shop"
  }
  spec {
    min_replicas = 2
    max_replicas = 30
    scale_target_ref {
      api_version = "apps/v1"
      kind        = "Deployment"
      name        = "web"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.eks.cluster import node_groups
from auditor.views.eks.node_group import held, largest, takers
from auditor.views.kubernetes.metric import scaled_pods
from auditor.views.kubernetes.scaler import HORIZONTAL, maximum, maximum_node


@rule(
    target=" ".join(HORIZONTAL),
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"Insufficient (cpu|memory)", r"max node group size reached", r"Too many pods"),
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    groups = node_groups(graph)
    most = maximum(resource) if groups else None
    for pod in scaled_pods(resource, graph) if most else ():
        fitting = takers(pod, groups, graph)
        sizes = [(largest(group), held(pod, group, graph), group) for group in fitting]
        room = sum(nodes * count for nodes, count, _ in sizes if nodes is not None)
        if not sizes or any(nodes is None for nodes, _, _ in sizes) or most is None or most <= room or room == 0:
            continue
        table = ", ".join(f"{group.address.text} {nodes} nodes x {count} pods" for nodes, count, group in sizes)
        message = f"up to {most} pods may be wanted, and the nodes hold {room}: {table}"
        related = tuple(group.at("scaling_config.max_size") for _, _, group in sizes)
        yield Fail(maximum_node(resource), message, expected=f"at most {room}, or more nodes", related=related)
        return
