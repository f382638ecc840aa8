"""A Pod Identity association names a service account that does not exist.

## Why it matters
The association is accepted whatever it names. Pods run as another account, get no credentials from the agent and fall back to the role of
their node, or to none.

## Five whys
1. Why does the pod act as the node? No association is for its service account.
2. Why? The association names an account that the namespace does not have.
3. Why was it accepted? EKS does not look into the cluster when the association is made.

## Fix now
Name the account that the pods run as: `kubectl -n NAMESPACE get pod POD -o jsonpath='{.spec.serviceAccountName}'`, correct the
association and restart the pods.

## Workaround
Create a service account of the name in the association and give it to the pods.

## Prevent
Take namespace and name from the same variables as the service account.

## Validate
`kubectl -n NAMESPACE exec POD -- env | grep AWS_CONTAINER_CREDENTIALS_FULL_URI` prints the agent's address.

## Bad
```hcl
resource "kubernetes_service_account" "api" {
  metadata {
    name      = "api"
    namespace = "shop"
  }
}

resource "aws_eks_pod_identity_association" "api" {
  cluster_name    = "main"
  namespace       = "shop"
  service_account = "backend" # finding
  role_arn        = "arn:aws:iam::111122223333:role/api"
}
```

## Good
```hcl
resource "kubernetes_service_account" "api" {
  metadata {
    name      = "api"
    namespace = "shop"
  }
}

resource "aws_eks_pod_identity_association" "api" {
  cluster_name    = "main"
  namespace       = "shop"
  service_account = "api"
  role_arn        = "arn:aws:iam::111122223333:role/api"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.service_account import association_without_account


@rule(
    target="aws_eks_pod_identity_association",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    facets=(Facet.WRITTEN, Facet.PLANNED),  # elsewhere the accounts of the cluster are in another graph
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from association_without_account(resource, graph)
