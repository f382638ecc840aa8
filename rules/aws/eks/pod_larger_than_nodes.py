"""A pod asks for more than a whole node of any node group has.

## Why it matters
Such a pod is never placed, however many nodes are added; the cluster autoscaler does not even try. A node also keeps a part for itself:
of the 2 vCPUs of an `m6i.large` pods can have 1930m, of its 8 GiB less than 7.4.

## Five whys
1. Why is the pod Pending? No node has 2 free cores.
2. Why, since the nodes have 2 vCPUs? EKS keeps 70m of them for the kubelet.
3. Why is the request exactly 2? It was written after the type of the node.

## Fix now
Lower the request below the number of the message, or add a node group of a larger type: `aws eks create-nodegroup … --instance-types
m6i.xlarge`.

## Workaround
None: the scheduler does not place it.

## Prevent
Requests follow what the program uses, and node types what the largest pod asks for, with a tenth to spare.

## Validate
`kubectl describe pod P` shows `Scheduled`; `kubectl describe node N` shows `Allocatable`.

## Bad
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

resource "kubernetes_deployment" "train" {
  metadata {
    name      = "train"
    namespace = "shop"
  }
  spec {
    selector {
      match_labels = { app = "train" }
    }
    template {
      metadata {
        labels = { app = "train" }
      }
      spec {
        container {
          name  = "train"
          image = "shop/train:1.4.2"
          resources {
            requests = { cpu = "2", memory = "1Gi" } # finding
          }
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

resource "kubernetes_deployment" "train" { # all that pods can have
  metadata {
    name      = "train"
    namespace = "shop"
  }
  spec {
    selector {
      match_labels = { app = "train" }
    }
    template {
      metadata {
        labels = { app = "train" }
      }
      spec {
        container {
          name  = "train"
          image = "shop/train:1.4.2"
          resources {
            requests = { cpu = "1930m", memory = "1Gi" }
          }
        }
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.eks.cluster import node_groups
from auditor.views.eks.node_group import rooms, takers
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.demand import pod_demand
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=KINDS,
    each=pods,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"Insufficient (cpu|memory)", r"pod didn't trigger scale-up.*Insufficient"),
)
def check(pod: Pod, graph: Graph) -> Iterator[Fail]:
    groups = takers(pod, node_groups(graph), graph)
    largest = [it for group in groups for it in rooms(group, graph)]
    if not largest:
        return
    for name in ("cpu", "memory"):
        asked = pod_demand(pod, "requests", name)
        best, room = max(largest, key=lambda it: it[1].cpu if name == "cpu" else it[1].memory)
        most = room.cpu if name == "cpu" else room.memory
        if asked > most:
            shown = quantity.show(name, asked), quantity.show(name, most)
            message = f"the pod asks for {shown[0]} of {name}, and of the largest node ({best.name}) pods can have {shown[1]}"
            yield Fail(
                _largest_request(pod, name), message, expected=f"at most {shown[1]}", related=tuple(group.body for group in groups[:1])
            )
            return


def _largest_request(pod: Pod, name: str) -> Node:
    """Where the container that asks for most says so."""
    asked = [(request.value, request.where) for it in pod.containers if (request := it.request(name)) is not None]
    return max(asked, key=lambda pair: pair[0])[1] if asked else pod.where
