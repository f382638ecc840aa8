"""A workload may scale out beyond the connections that its database allows.

## Why it matters
The autoscaler adds pods because requests are slow; each new pod opens a pool. Beyond `max_connections` new pods fail at their start, the
rest gets slower, and the autoscaler adds more: the database is down by the very thing that was to save the service.

## Five whys
1. Why do new pods crash at the peak? The database refuses their connections.
2. Why? Pods x processes x pool have reached `max_connections`.
3. Why did the autoscaler go that far? Its maximum was chosen by CPU, and the pool was chosen for three pods.

## Fix now
`kubectl patch hpa NAME -p '{"spec":{"maxReplicas":N}}'` with N from the message, then delete the pods that cannot connect.

## Workaround
A smaller pool by environment variable, and a rollout; most pools are not full.

## Prevent
A pooler (PgBouncer, RDS Proxy) between pods and database; the maximum of the autoscaler computed from the database's budget.

## Validate
`kubectl get hpa NAME -o jsonpath='{.spec.maxReplicas}'` x pool beside `SHOW max_connections;`.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.micro"
}

resource "kubernetes_deployment_v1" "api" {
  metadata {
    name = "api"
  }
  spec {
    selector {
      match_labels = { app = "api" }
    }
    template {
      metadata {
        labels = { app = "api" }
      }
      spec {
        container {
          name  = "api"
          image = "registry.example.com/api:1.4.2"
          env {
            name  = "DB_HOST"
            value = aws_db_instance.orders.address
          }
          env {
            name  = "DB_POOL_SIZE"
            value = "10"
          }
        }
      }
    }
  }
}

resource "kubernetes_horizontal_pod_autoscaler_v2" "api" {
  metadata {
    name = "api"
  }
  spec {
    min_replicas = 3
    max_replicas = 20 # finding
    scale_target_ref {
      api_version = "apps/v1"
      kind        = "Deployment"
      name        = "api"
    }
  }
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.micro"
}

resource "kubernetes_deployment_v1" "api" {
  metadata {
    name = "api"
  }
  spec {
    selector {
      match_labels = { app = "api" }
    }
    template {
      metadata {
        labels = { app = "api" }
      }
      spec {
        container {
          name  = "api"
          image = "registry.example.com/api:1.4.2"
          env {
            name  = "DB_HOST"
            value = aws_db_instance.orders.address
          }
          env {
            name  = "DB_POOL_SIZE"
            value = "5"
          }
        }
      }
    }
  }
}

resource "kubernetes_horizontal_pod_autoscaler_v2" "api" {
  metadata {
    name = "api"
  }
  spec {
    min_replicas = 3
    max_replicas = 20
    scale_target_ref {
      api_version = "apps/v1"
      kind        = "Deployment"
      name        = "api"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.connections.single import overflows


@rule(
    target="Deployment StatefulSet ReplicaSet Rollout DeploymentConfig",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=["remaining connection slots are reserved", "sorry, too many clients already", "Too many connections"],
)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for share, limit in overflows(resource, graph):
        database = share.client.endpoint.resource.address.text
        message = f"{share.said()} connections, {database} allows {limit.connections} ({limit.said})"
        yield Fail(share.replicas.where, message, expected=f"at most {limit.connections}", related=(limit.where, *share.places))
