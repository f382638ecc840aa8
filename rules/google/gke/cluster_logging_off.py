"""A GKE cluster sends its logs nowhere.

## Why it matters
Logs of pods vanish with the pod, and those of nodes with the node: after a crash or a break-in there is nothing to read. The control
plane's own logs are lost altogether.

## Five whys
1. Why can nobody say why the pod died last night? Its log is gone with it.
2. Why was it not kept? The cluster sends no logs to Cloud Logging.
3. Why not? It was switched off to save money, with a plan for another system that never came.

## Fix now
`gcloud container clusters update CLUSTER --location=LOCATION --logging=SYSTEM,WORKLOAD`. Nodes start to send within minutes; nothing
restarts.

## Workaround
`kubectl logs --previous POD` for what is still there.

## Prevent
`logging_config` in the cluster module; save by exclusion filters on the `_Default` sink, not at the source.

## Validate
`gcloud logging read 'resource.type="k8s_container" AND resource.labels.cluster_name="CLUSTER"' --limit=1` prints a line of today.

## Bad
```hcl
resource "google_container_cluster" "main" {
  name            = "main"
  logging_service = "none" # finding
}

resource "google_container_cluster" "second" {
  name = "second"
  logging_config {
    enable_components = [] # finding
  }
}
```

## Good
```hcl
resource "google_container_cluster" "main" {
  name = "main"
  logging_config {
    enable_components = ["SYSTEM_COMPONENTS", "WORKLOADS"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.gke import CLUSTER


@rule(target=CLUSTER, severity=Severity.MEDIUM, aliases="CKV_GCP_1 AVD-GCP-0060 google-gke-enable-stackdriver-logging")
def check(cluster: Node) -> Iterator[Fail]:
    service, components = cluster.at("logging_service"), cluster.at("logging_config.enable_components")
    if service.present and service.text == "none":
        yield Fail(service, "logs of the cluster are not kept", expected="logging.googleapis.com/kubernetes")
    elif isinstance(components.data, list) and not components.data:
        yield Fail(components, "logs of the cluster are not kept", expected="SYSTEM_COMPONENTS and WORKLOADS")
