"""A GKE cluster before version 1.25 enforces no policy on pods.

## Why it matters
Whoever may create a pod may then mount the node's disk, share its network and become root on it. Up to 1.24 PodSecurityPolicy was what
stops this; from 1.25 on, Pod Security Admission does.

## Five whys
1. Why did a deployment get root on its node? It asked for a privileged container, and got one.
2. Why was it not refused? No policy on pods is enforced in the cluster.
3. Why not? PodSecurityPolicy is switched off, and the cluster is too old for its successor.

## Fix now
Upgrade: `gcloud container clusters upgrade CLUSTER --location=LOCATION --master`, then label each namespace: `kubectl label ns NAMESPACE
pod-security.kubernetes.io/enforce=baseline`.

## Workaround
Policy Controller with the bundle for pod security works with all versions: `gcloud container fleet policycontroller enable`.

## Prevent
A release channel, so that no cluster stays on a dead version.

## Validate
`kubectl -n NAMESPACE run t --image=busybox --privileged` is refused.

## Bad
```hcl
resource "google_container_cluster" "main" {
  name               = "main"
  min_master_version = "1.21"
  pod_security_policy_config {
    enabled = false # finding
  }
}
```

## Good
```hcl
resource "google_container_cluster" "main" {
  name               = "main"
  min_master_version = "1.30"
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.gke import CLUSTER

_VERSION = re.compile(r"1\.(\d+)")
_REMOVED_IN = 25


@rule(target=CLUSTER, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_GCP_24")
def check(cluster: Node) -> Iterator[Fail]:
    enabled, version = cluster.at("pod_security_policy_config.enabled"), cluster.at("min_master_version")
    found = None if version.missing else _VERSION.match(version.text or "")
    minor = int(found[1]) if found else None
    if minor is not None and minor >= _REMOVED_IN:
        return
    if enabled.flag is True or (minor is None and enabled.missing):
        return
    yield Fail(
        enabled,
        "any pod may run as root on the node: no pod security policy is enforced",
        expected="an upgrade, and pod security standards",
    )
