"""A Kubernetes cluster before version 1.25 enforces no policy on pods.

## Why it matters
Without one, whoever may create a pod gets root on a node with a privileged container. Up to 1.24 that is PodSecurityPolicy's part, later
Pod Security Admission's.

## Five whys
1. Why did a deployment get root on its node? It asked for a privileged container.
2. Why was it not refused? The admission controller for pod security policies is off.
3. Why? Switching it on without policies stops every pod, so it was left.

## Fix now
Upgrade (`oci ce cluster update --cluster-id ID --kubernetes-version v1.30.1`), then label namespaces: `kubectl label ns NAMESPACE
pod-security.kubernetes.io/enforce=baseline`.

## Workaround
Gatekeeper with its library of pod security constraints works with every version.

## Prevent
No version in code that is older than the third newest.

## Validate
`kubectl -n NAMESPACE run t --image=busybox --privileged` is refused.

## Bad
```hcl
resource "oci_containerengine_cluster" "main" {
  name               = "main"
  kubernetes_version = "v1.21.5"
  options {
    admission_controller_options {
      is_pod_security_policy_enabled = false # finding
    }
  }
}
```

## Good
```hcl
resource "oci_containerengine_cluster" "main" {
  name               = "main"
  kubernetes_version = "v1.30.1"
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

_VERSION = re.compile(r"v?1\.(\d+)")
_REMOVED_IN = 25


@rule(target="oci_containerengine_cluster", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV2_OCI_6")
def check(cluster: Node) -> Iterator[Fail]:
    enabled, version = cluster.at("options.admission_controller_options.is_pod_security_policy_enabled"), cluster.at("kubernetes_version")
    found = None if version.missing else _VERSION.match(version.text or "")
    if found and int(found[1]) >= _REMOVED_IN:
        return
    if enabled.missing and not found:
        return
    if enabled.missing or enabled.flag is not True:
        yield Fail(
            enabled, "any pod may run as root on its node: no policy on pods is enforced", expected="an upgrade, and pod security standards"
        )
