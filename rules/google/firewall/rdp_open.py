"""A firewall rule opens Remote Desktop of chosen machines to the internet.

## Why it matters
Open Remote Desktop is the most common way in for ransomware: passwords are guessed or bought, and holes such as BlueKeep need no password
at all.

## Five whys
1. Why were the files of the Windows server encrypted? Somebody logged in over Remote Desktop.
2. Why could they reach it? The firewall rule lets the whole internet in on 3389.
3. Why? The consultant needed it for an afternoon, and the rule stayed.

## Fix now
`gcloud compute firewall-rules update RULE --source-ranges=35.235.240.0/20`, and connect with `gcloud compute start-iap-tunnel INSTANCE
3389 --local-host-port=localhost:13389`.

## Workaround
`gcloud compute firewall-rules update RULE --disabled`, and let the consultant's address in by a rule of its own with a date in its
description.

## Prevent
A hierarchical firewall policy that denies 3389 from the internet for all projects; no external addresses on Windows machines
(`constraints/compute.vmExternalIpAccess`).

## Validate
`nc -zvw3 ADDRESS 3389` from outside times out.

## Bad
```hcl
resource "google_compute_firewall" "windows" {
  name          = "windows"
  network       = "main"
  source_ranges = ["0.0.0.0/0"]
  target_tags   = ["windows"]
  allow {
    protocol = "tcp"
    ports    = ["3389"] # finding
  }
}
```

## Good
```hcl
resource "google_compute_firewall" "windows" {
  name          = "windows"
  network       = "main"
  source_ranges = ["35.235.240.0/20"]
  allow {
    protocol = "tcp"
    ports    = ["3389"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.google.firewall import KINDS, Firewall, open_to_world
from auditor.views.ports import RDP


@rule(target=KINDS, severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV_GCP_3")
def check(body: Node) -> Iterator[Fail]:
    source = open_to_world(body)
    if source is not None and not Firewall(body).on_every_machine:
        for ports in Firewall(body).opens(RDP):
            yield Fail(ports.node, f"RDP is open to {source.text}", expected="the ranges of IAP or of your network", related=(source,))
            return
