"""Traffic between a machine and its boot volume is not encrypted.

## Why it matters
Volumes are reached over the network. What is encrypted on the disk travels in clear text to the machine, unless this is switched on for
paravirtualised attachments.

## Five whys
1. Why was an auditor not satisfied with encrypted disks? The way to them is not encrypted.
2. Why not? It is a separate option of the machine.
3. Why was it not set? Its default is off, and bare metal shapes do not have it.

## Fix now
`oci compute instance update --instance-id ID --launch-options '{"isPvEncryptionInTransitEnabled": true}'`; the machine restarts.

## Workaround
Encrypt in the operating system (dm-crypt) where the shape cannot.

## Prevent
The line in the module; machines from an instance configuration get it too.

## Validate
`oci compute instance get --instance-id ID --query 'data."launch-options"."is-pv-encryption-in-transit-enabled"'` prints true.

## Bad
```hcl
resource "oci_core_instance" "web" { # finding
  shape = "VM.Standard.E4.Flex"
}
```

## Good
```hcl
resource "oci_core_instance" "web" {
  shape = "VM.Standard.E4.Flex"
  launch_options {
    is_pv_encryption_in_transit_enabled = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

_PATHS = ("is_pv_encryption_in_transit_enabled", "launch_options.is_pv_encryption_in_transit_enabled")


@rule(target="oci_core_instance", severity=Severity.LOW, aliases="CKV_OCI_4")
def check(instance: Node) -> Iterator[Fail]:
    nodes = [instance.at(path) for path in _PATHS]
    if not any(node.present and node.flag is True for node in nodes):
        where = next((node for node in nodes if node.present), nodes[0])
        yield Fail(where, "traffic to the boot volume is not encrypted", expected="is_pv_encryption_in_transit_enabled = true")
