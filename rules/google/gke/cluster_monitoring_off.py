"""A GKE cluster sends no metrics.

## Why it matters
Without metrics nobody is warned before a node runs out of memory or a disk fills, and after the outage there is no curve that shows when
it began.

## Five whys
1. Why was nobody called when the nodes ran out of memory? No alert existed.
2. Why not? The cluster sends no metrics to Cloud Monitoring.
3. Why? An own Prometheus was to replace them, and it died with the cluster it watched.

## Fix now
`gcloud container clusters update CLUSTER --location=LOCATION --monitoring=SYSTEM`; system metrics cost nothing.

## Workaround
`kubectl top nodes` and `kubectl describe node` for the state of the moment.

## Prevent
`monitoring_config` with managed Prometheus in the cluster module, and alert policies beside it.

## Validate
`gcloud container clusters describe CLUSTER --location=LOCATION --format="value(monitoringConfig.componentConfig.enableComponents)"` names
SYSTEM_COMPONENTS.

## Bad
```hcl
resource "google_container_cluster" "main" {
  name               = "main"
  monitoring_service = "none" # finding
}
```

## Good
```hcl
resource "google_container_cluster" "main" {
  name = "main"
  monitoring_config {
    enable_components = ["SYSTEM_COMPONENTS"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.gke import CLUSTER


@rule(target=CLUSTER, severity=Severity.MEDIUM, aliases="CKV_GCP_8 AVD-GCP-0052 google-gke-enable-stackdriver-monitoring")
def check(cluster: Node) -> Iterator[Fail]:
    service, components = cluster.at("monitoring_service"), cluster.at("monitoring_config.enable_components")
    if service.present and service.text == "none":
        yield Fail(service, "metrics of the cluster are not kept", expected="monitoring.googleapis.com/kubernetes")
    elif isinstance(components.data, list) and not components.data:
        yield Fail(components, "metrics of the cluster are not kept", expected="SYSTEM_COMPONENTS")
