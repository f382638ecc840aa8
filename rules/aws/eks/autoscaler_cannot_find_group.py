"""The cluster autoscaler looks for node groups by tags that one of them lacks.

## Why it matters
With auto-discovery the cluster autoscaler sees only the groups that carry all of the tags it was told. A group without them stays at
its size: pods wait for nodes that never come, and empty nodes are never taken away. Managed node groups get the tags from EKS; groups
of one's own do not.

## Five whys
1. Why are pods Pending, with a group that may grow to 20? Nothing makes it grow.
2. Why not? The cluster autoscaler does not know it.
3. Why? It looks for `k8s.io/cluster-autoscaler/enabled`, and the group has no such tag.

## Fix now
`aws autoscaling create-or-update-tags --tags
ResourceId=NAME,ResourceType=auto-scaling-group,Key=k8s.io/cluster-autoscaler/enabled,Value=true,PropagateAtLaunch=true`, the same for
every key of the message, and in the code. The autoscaler finds the group within a minute.

## Workaround
Name the group to it: `--nodes=2:20:NAME`.

## Prevent
The two tags in the module of the nodes, next to `kubernetes.io/cluster/NAME`.

## Validate
`kubectl -n kube-system logs deploy/cluster-autoscaler | grep "Registering ASG"` names the group.

## Bad
```hcl
resource "aws_autoscaling_group" "nodes" {
  name     = "nodes"
  min_size = 2
  max_size = 20

  tag {
    key                 = "kubernetes.io/cluster/shop"
    value               = "owned"
    propagate_at_launch = true
  }
}

resource "kubernetes_deployment" "autoscaler" {
  metadata {
    name      = "cluster-autoscaler"
    namespace = "kube-system"
  }
  spec {
    selector {
      match_labels = { app = "cluster-autoscaler" }
    }
    template {
      metadata {
        labels = { app = "cluster-autoscaler" }
      }
      spec {
        container {
          name  = "cluster-autoscaler"
          image = "registry.k8s.io/autoscaling/cluster-autoscaler:v1.30.0"
          command = [
            "./cluster-autoscaler",
            "--node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/shop", # finding
          ]
        }
      }
    }
  }
}
```

As a chart:

```hcl
resource "aws_autoscaling_group" "nodes" {
  name     = "nodes"
  min_size = 2
  max_size = 20

  tag {
    key                 = "kubernetes.io/cluster/shop"
    value               = "owned"
    propagate_at_launch = true
  }
}

resource "helm_release" "autoscaler" { # finding
  name  = "cluster-autoscaler"
  chart = "cluster-autoscaler"

  set {
    name  = "autoDiscovery.clusterName"
    value = "shop"
  }
}
```

## Good
```hcl
resource "aws_autoscaling_group" "nodes" {
  name     = "nodes"
  min_size = 2
  max_size = 20

  tag {
    key                 = "kubernetes.io/cluster/shop"
    value               = "owned"
    propagate_at_launch = true
  }
  tag {
    key                 = "k8s.io/cluster-autoscaler/enabled"
    value               = "true"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_group_tag" "own" {
  autoscaling_group_name = aws_autoscaling_group.nodes.name
  tag {
    key                 = "k8s.io/cluster-autoscaler/shop"
    value               = "owned"
    propagate_at_launch = false
  }
}

resource "aws_autoscaling_group" "web" { # no nodes of a cluster
  name     = "web"
  min_size = 2
  max_size = 20
}

resource "kubernetes_deployment" "autoscaler" {
  metadata {
    name      = "cluster-autoscaler"
    namespace = "kube-system"
  }
  spec {
    selector {
      match_labels = { app = "cluster-autoscaler" }
    }
    template {
      metadata {
        labels = { app = "cluster-autoscaler" }
      }
      spec {
        container {
          name  = "cluster-autoscaler"
          image = "registry.k8s.io/autoscaling/cluster-autoscaler:v1.30.0"
          command = [
            "./cluster-autoscaler",
            "--node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/shop",
          ]
        }
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.eks.cluster import autoscaler
from auditor.views.eks.discovery import discovered_tags, discovery, is_of_cluster, tag_keys
from auditor.views.scaling.group import GROUP


@rule(
    target="Deployment StatefulSet DaemonSet helm_release",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"pod didn't trigger scale-up", r"NotTriggerScaleUp"),
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    wanted = discovered_tags(resource, graph) if autoscaler(graph) is resource else ()
    for group in filter(lambda it: is_of_cluster(it.body), graph.of(GROUP) if wanted else ()):
        if group.at("min_size").number == group.at("max_size").number:
            continue
        keys = tag_keys(group, graph)
        lacking = [key for key in wanted if key not in keys]
        if lacking:
            message = f"it looks for groups with {', '.join(wanted)}, and {group.address.text} lacks {', '.join(lacking)}"
            yield Fail(discovery(resource, graph), message, expected=f"a tag {lacking[0]} on the group", related=(group.body,))
