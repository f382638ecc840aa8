"""A firewall rule opens all ports of every machine to the internet.

## Why it matters
`0-65535`, or a protocol without ports, leaves nothing closed; without targets it holds for each machine of the network. The next service
that somebody starts there is public before they know its port.

## Five whys
1. Why is the metrics port of a new machine public? All ports of the network are open.
2. Why? A rule allows TCP from everywhere and names no ports, or all of them.
3. Why? Its author thought that a rule without ports does nothing.

## Fix now
Name the ports and the machines: `gcloud compute firewall-rules update RULE --allow=tcp:443 --target-tags=web`.

## Workaround
A denying rule with a higher priority for everything but the needed ports: `gcloud compute firewall-rules create deny-rest --action=DENY
--rules=tcp:1-442,tcp:444-65535 --source-ranges=0.0.0.0/0 --priority=100 --network=NETWORK`.

## Prevent
A module for firewall rules that takes a non-empty list of ports, and refuses ranges above a length.

## Validate
`nmap -Pn -p- ADDRESS` from outside shows only the ports that are served.

## Bad
```hcl
resource "google_compute_firewall" "open" {
  name          = "open"
  network       = "main"
  source_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "tcp"
    ports    = ["0-65535"] # finding
  }
}

resource "google_compute_firewall" "portless" {
  name          = "portless"
  network       = "main"
  source_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "tcp" # finding
  }
}
```

## Good
```hcl
resource "google_compute_firewall" "web" {
  name          = "web"
  network       = "main"
  source_ranges = ["0.0.0.0/0"]
  target_tags   = ["web"]
  allow {
    protocol = "tcp"
    ports    = ["443"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.google.firewall import KINDS, Firewall, open_to_world


@rule(
    target=KINDS,
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
    aliases=(
        "AVD-GCP-0072 google-compute-disable-allow-all-ports AVD-GCP-0070 google-compute-no-open-rdp-access AVD- "
        "GCP-0071 google-compute-restrict-ssh-access AVD-GCP-0074 google-compute-disable-port-range-rule CKV2_GCP_12 "
        "CKV_GCP_2 CKV_GCP_3 CKV_GCP_75 CKV_GCP_77 CKV_GCP_88 CKV_GCP_106"
    ),
)
def check(body: Node) -> Iterator[Fail]:
    source = open_to_world(body)
    if source is None or Firewall(body).targeted:
        return
    for ports in Firewall(body).opens_all():
        message = f"all ports ({ports.protocol}) of every machine in the network are open to {source.text}"
        yield Fail(ports.node, message, expected="single ports", related=(source,))
        return
