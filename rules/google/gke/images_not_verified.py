"""A GKE cluster runs any image, from any registry.

## Why it matters
Binary Authorization refuses images that your pipeline did not attest or that come from elsewhere. Without it, a mistyped name in a
manifest or a stolen deployment token runs whatever the attacker pushed.

## Five whys
1. Why did a foreign image run in production? The cluster accepted it.
2. Why? It does not check images.
3. Why not? Binary Authorization was thought to need attestations from the first day.

## Fix now
Begin with registries only: `gcloud container binauthz policy export > policy.yaml`, allow your repositories under
`admissionWhitelistPatterns`, dry run first (`DRYRUN_AUDIT_LOG_ONLY`), import it, then `gcloud container clusters update CLUSTER
--location=LOCATION --binauthz-evaluation-mode=PROJECT_SINGLETON_POLICY_ENFORCE`.

## Workaround
A ValidatingAdmissionPolicy on the image's prefix does the registry part without it.

## Prevent
`binary_authorization` in the cluster module; Cloud Build attests what it builds.

## Validate
`kubectl run t --image=docker.io/library/nginx` is refused with "denied by Binary Authorization".

## Bad
```hcl
resource "google_container_cluster" "main" {
  name = "main"
  binary_authorization {
    evaluation_mode = "DISABLED" # finding
  }
}

resource "google_container_cluster" "second" { # finding
  name = "second"
}
```

## Good
```hcl
resource "google_container_cluster" "main" {
  name = "main"
  binary_authorization {
    evaluation_mode = "PROJECT_SINGLETON_POLICY_ENFORCE"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.gke import CLUSTER

_ENFORCING = frozenset(["PROJECT_SINGLETON_POLICY_ENFORCE", "POLICY_BINDINGS", "POLICY_BINDINGS_AND_PROJECT_SINGLETON_POLICY_ENFORCE"])


@rule(target=CLUSTER, severity=Severity.LOW, aliases="CKV_GCP_66")
def check(cluster: Node) -> Iterator[Fail]:
    old, mode = cluster.at("enable_binary_authorization"), cluster.at("binary_authorization.evaluation_mode")
    if old.present and old.flag is True:
        return
    if mode.present and mode.text in _ENFORCING:
        return
    where = mode if mode.present else old
    yield Fail(where, "any image from any registry may run in the cluster", expected="binary_authorization")
