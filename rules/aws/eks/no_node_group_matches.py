"""A pod asks for nodes that no node group makes.

## Why it matters
A `nodeSelector` that no group's labels satisfy, or taints on every group that the pod does not tolerate, keep the pod Pending for ever.
The cluster autoscaler adds no node for it either, since none of its groups would help.

## Five whys
1. Why is the pod Pending with `didn't match Pod's node affinity/selector`? It asks for `pool=db`.
2. Why is there no such node? No node group has that label.
3. Why not? The group was renamed in Terraform, and the manifest was not changed with it.

## Fix now
Give the group the label: `aws eks update-nodegroup-config --cluster-name C --nodegroup-name G --labels addOrUpdateLabels={pool=db}`,
and `labels` in the code; it holds for nodes that run as well. Or change the manifest.

## Workaround
`kubectl label node N pool=db` until the node is replaced.

## Prevent
Labels and taints of the groups as outputs that the manifests take; or a check like this one in the pipeline.

## Validate
`kubectl get nodes -l pool=db` lists nodes, and `kubectl describe pod P` shows `Scheduled`.

## Bad
```hcl
resource "aws_eks_node_group" "web" {
  cluster_name   = "shop"
  node_role_arn  = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids     = ["subnet-0123456789abcdef0"]
  instance_types = ["m6i.large"]
  labels         = { pool = "web" }

  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 10
  }
}

resource "kubernetes_deployment" "db" {
  metadata {
    name      = "db"
    namespace = "shop"
  }
  spec {
    selector {
      match_labels = { app = "db" }
    }
    template {
      metadata {
        labels = { app = "db" }
      }
      spec {
        node_selector = { pool = "db" } # finding
        container {
          name  = "db"
          image = "shop/db:16.2"
        }
      }
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

resource "aws_eks_node_group" "db" {
  cluster_name   = "shop"
  node_role_arn  = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids     = ["subnet-0123456789abcdef0"]
  instance_types = ["r6i.large"]
  labels         = { pool = "db" }

  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 10
  }
}

resource "kubernetes_deployment" "db" {
  metadata {
    name      = "db"
    namespace = "shop"
  }
  spec {
    selector {
      match_labels = { app = "db" }
    }
    template {
      metadata {
        labels = { app = "db" }
      }
      spec {
        node_selector = { pool = "db", "kubernetes.io/arch" = "amd64" }
        container {
          name  = "db"
          image = "shop/db:16.2"
        }
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Severity, rule
from auditor.views.eks.cluster import node_groups
from auditor.views.eks.node_group import has_own_image, takers
from auditor.views.kubernetes.node_fit import wanted
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"didn't match Pod's node affinity/selector", r"had untolerated taint"),
)
def check(pod: Pod, graph: Graph) -> Iterator[Fail]:
    groups = node_groups(graph) if pod.resource.kind != "DaemonSet" else ()
    if not groups or any(map(has_own_image, groups)) or takers(pod, groups, graph):
        return
    labels = ", ".join(f"{key}={value}" for key, value in wanted(pod).known.items())
    names = ", ".join(group.address.text for group in groups)
    asked = f"the pod asks for nodes with {labels}, and " if labels else "the pod tolerates no taint of the nodes: "
    where = pod.where.at("nodeSelector") if labels else pod.where
    yield Fail(where, f"{asked}none of {names} takes it", expected="a node group with these labels", related=(groups[0].at("labels"),))
