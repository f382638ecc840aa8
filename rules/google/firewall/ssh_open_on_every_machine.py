"""A firewall rule opens SSH to the internet on every machine of a network.

## Why it matters
A rule without target tags or target service accounts holds for all machines in the network, databases and Kubernetes nodes included, and
for each one that is added later. Whoever gets one of them gets a foothold beside all others.

## Five whys
1. Why can the database machine be reached over SSH from outside? A firewall rule of its network says so.
2. Why does it hold for that machine? The rule names no targets, so it holds for all.
3. Why not? It was written when there was only the bastion.

## Fix now
Tag the bastion, then `gcloud compute firewall-rules update RULE --target-tags=bastion --source-ranges=35.235.240.0/20`. Tags: `gcloud
compute instances add-tags BASTION --tags=bastion`.

## Workaround
A rule with a higher priority that denies port 22 to the machines that matter: `gcloud compute firewall-rules create deny-ssh
--action=DENY --rules=tcp:22 --priority=100 --network=NETWORK --target-tags=database`.

## Prevent
Require `target_tags` or `target_service_accounts` in the module for firewall rules.

## Validate
`gcloud compute instances network-interfaces get-effective-firewalls INSTANCE` shows no rule for port 22 from `0.0.0.0/0`.

## Bad
```hcl
resource "google_compute_firewall" "ssh" {
  name          = "ssh"
  network       = "main"
  source_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "tcp"
    ports    = ["22"] # finding
  }
}
```

## Good
```hcl
resource "google_compute_firewall" "ssh" {
  name          = "ssh"
  network       = "main"
  source_ranges = ["35.235.240.0/20"]
  target_tags   = ["bastion"]
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.google.firewall import KINDS, Firewall, open_to_world
from auditor.views.ports import SSH


@rule(target=KINDS, severity=Severity.CRITICAL, profile=Profile.GATE, aliases="AVD-GCP-0071 google-compute-restrict-ssh-access CKV_GCP_2")
def check(body: Node) -> Iterator[Fail]:
    source = open_to_world(body)
    if source is None or Firewall(body).targeted:
        return
    for ports in Firewall(body).opens(SSH):
        yield Fail(ports.node, f"SSH of every machine in the network is open to {source.text}", expected="target_tags", related=(source,))
        return
