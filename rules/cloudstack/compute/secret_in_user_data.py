"""A CloudStack machine's user data hold a secret.

## Why it matters
User data can be read by every process of the machine through its virtual router, by whoever may list the machine, and stand in code and
state.

## Five whys
1. Why did a program on the machine have the cloud's key? It read the user data.
2. Why was it there? The start script needs it.
3. Why in the script? There was no other way to give it to a new machine.

## Fix now
Change the secret first. Then let the script fetch it at start from a vault by a short-lived token, and take it out of `user_data`: the
machine is stopped and started by the change.

## Workaround
Firewall `data-server` on the machine for all users but root: `iptables -A OUTPUT -d data-server -m owner ! --uid-owner 0 -j REJECT`.

## Prevent
A secret scanner before each commit.

## Validate
On the machine: `curl -s http://data-server/latest/user-data` shows no secret.

## Bad
```hcl
resource "cloudstack_instance" "web" {
  name      = "web"
  user_data = "export DATABASE_PASSWORD=q8Zr2Lw7Xb1Nc5Vd9Ks3" # finding
}
```

## Good
```hcl
resource "cloudstack_instance" "web" {
  name      = "web"
  user_data = "systemctl start web"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.secret import conceal
from auditor.views.user_data import Script


@rule(
    target="cloudstack_instance",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    aliases="AVD-CLDSTK-0001 cloudstack-compute-no-sensitive-info",
)
def check(instance: Node) -> Iterator[Fail]:
    node = instance.at("user_data")
    if node.missing:
        return
    script = Script(node)
    if script.access_key_line or script.secret_line:
        yield Fail(conceal(node), "the user data seem to hold a secret", expected="a secret that is fetched at start", secret=True)
