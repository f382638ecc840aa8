"""A security list opens SSH to the whole internet.

## Why it matters
A security list holds for every machine of its subnets, and robots try port 22 of each public address all day. One weak password on one
machine is the way in.

## Five whys
1. Why was a machine of the subnet taken over? Its SSH port was open, and a password guessed.
2. Why was it open? The subnet's security list lets `0.0.0.0/0` in on 22.
3. Why? It is a rule of the default list that each VCN comes with.

## Fix now
`oci network security-list get --security-list-id ID > list.json`, take the rule out, then `oci network security-list update
--security-list-id ID --ingress-security-rules file://rules.json` (the option replaces all of them). Log in through a bastion: `oci
bastion session create-managed-ssh ...`.

## Workaround
A network security group does not close what a list opens; narrow the source of this rule to your range at once.

## Prevent
Own security lists without such a rule for every subnet (never the default one), and Cloud Guard's detector for open ports.

## Validate
`nc -zvw3 ADDRESS 22` from outside times out.

## Bad
```hcl
resource "oci_core_security_list" "app" {
  vcn_id = "ocid1.vcn.oc1..example"
  ingress_security_rules {
    protocol = "6"
    source   = "0.0.0.0/0" # finding
    tcp_options {
      min = 22
      max = 22
    }
  }
}

resource "oci_core_security_list" "open" {
  vcn_id = "ocid1.vcn.oc1..example"
  ingress_security_rules {
    protocol = "all"
    source   = "0.0.0.0/0" # finding
  }
}
```

## Good
```hcl
resource "oci_core_security_list" "app" {
  vcn_id = "ocid1.vcn.oc1..example"
  ingress_security_rules {
    protocol = "6"
    source   = "10.0.0.0/16"
    tcp_options {
      min = 22
      max = 22
    }
  }
  ingress_security_rules {
    protocol = "6"
    source   = "0.0.0.0/0"
    tcp_options {
      min = 443
      max = 443
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.oci_security import opens_port
from auditor.views.ports import SSH

_KINDS = "oci_core_security_list oci_core_default_security_list"


@rule(target=_KINDS, each="ingress_security_rules", severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV_OCI_19")
def check(ingress: Node) -> Iterator[Fail]:
    if opens_port(ingress, SSH, "6"):
        yield Fail(ingress.at("source"), "SSH is open to the whole internet", expected="the ranges of your network")
