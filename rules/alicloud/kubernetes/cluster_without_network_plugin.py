"""The code of a Kubernetes cluster installs no network plugin.

## Why it matters
Without Terway or Flannel named, the cluster gets what the version brings, and network policies may be accepted and do nothing. Only
Terway enforces them.

## Five whys
1. Why does the network policy not keep the pod out? The cluster's plugin does not enforce it.
2. Why that plugin? The code names none, so the default was installed.
3. Why? `addons` is optional.

## Fix now
The plugin is chosen when a cluster is made: `addons { name = "terway-eniip" }` with `pod_vswitch_ids`, in a new cluster; move the
workloads. For Terway that is there, switch policies on: `aliyun cs POST /clusters/ID/components/terway-eniip/config`.

## Workaround
Security groups on node pools separate workloads until then.

## Prevent
Terway with `NetworkPolicy` on, in the cluster module.

## Validate
`kubectl -n kube-system get ds | grep -E "terway|flannel"` prints one.

## Bad
```hcl
resource "alicloud_cs_kubernetes" "main" { # finding
  name = "main"
}
```

## Good
```hcl
resource "alicloud_cs_kubernetes" "main" {
  name = "main"
  addons {
    name = "terway-eniip"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

_PLUGINS = ("terway", "flannel")


@rule(
    target="alicloud_cs_kubernetes alicloud_cs_managed_kubernetes",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV_ALI_26",
)
def check(cluster: Node) -> Iterator[Fail]:
    names = [(addon.at("name").text or "").lower() for addon in cluster.each("addons")]
    if not any(name.startswith(_PLUGINS) for name in names):
        yield Fail(cluster.at("addons"), "the code installs no network plugin", expected="terway-eniip or flannel")
