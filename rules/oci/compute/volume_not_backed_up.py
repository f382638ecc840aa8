"""A block volume is not backed up.

## Why it matters
A deleted volume, a wrong `mkfs` or ransomware inside of the machine is final. Replication in the storage protects against broken disks,
not against any of these.

## Five whys
1. Why can the data not be restored? No backup of the volume exists.
2. Why not? No backup policy is assigned to it.
3. Why? Policies have to be assigned volume by volume.

## Fix now
Now: `oci bv backup create --volume-id ID --type FULL`. Then a policy: `oci bv volume-backup-policy-assignment create --asset-id ID
--policy-id POLICY` (Oracle's: `oci bv volume-backup-policy list`).

## Workaround
A volume group with one policy for all volumes of an application.

## Prevent
The assignment in the volume module.

## Validate
`oci bv volume-backup-policy-assignment get-volume-backup-policy-asset-assignment --asset-id ID` prints a policy.

## Bad
```hcl
resource "oci_core_volume" "data" { # finding
  compartment_id = "ocid1.compartment.oc1..example"
}
```

## Good
```hcl
resource "oci_core_volume" "data" {
  compartment_id = "ocid1.compartment.oc1..example"
}

resource "oci_core_volume_backup_policy_assignment" "data" {
  asset_id  = oci_core_volume.data.id
  policy_id = "ocid1.volumebackuppolicy.oc1..silver"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(target="oci_core_volume", severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="CKV_OCI_2")
def check(volume: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    policy = volume.at("backup_policy_id")
    if (policy.unknown and policy.refs) or (policy.present and policy.data != ""):
        return
    if not graph.attached(resource, "asset_id", "oci_core_volume_backup_policy_assignment"):
        yield Fail(policy, "the volume is not backed up", expected="oci_core_volume_backup_policy_assignment")
