"""A Cloud Armor policy lets requests through that exploit Log4j.

## Why it matters
One header with `${jndi:ldap://...}` is enough to run code on a server that logs it with an old Log4j. Such requests are still sent to
every address, and appliances nobody thinks of contain the library.

## Five whys
1. Why did the exploit reach the application? Cloud Armor let the request pass.
2. Why? No rule denies what the `cve-canary` signatures match, or the rule is a preview.
3. Why a preview? It was to be watched first, and watching never ended.

## Fix now
`gcloud compute security-policies rules create 100 --security-policy=POLICY --expression="evaluatePreconfiguredWaf('cve-canary')"
--action=deny-403`. For a rule in preview: `gcloud compute security-policies rules update PRIORITY --security-policy=POLICY --no-preview`.

## Workaround
Start the JVM with `-Dlog4j2.formatMsgNoLookups=true` (2.10 and later), until the library is 2.17.1.

## Prevent
Take the preconfigured groups (`sqli`, `xss`, `rce`, `cve-canary`) into the policy module.

## Validate
`curl -s -o /dev/null -w "%{http_code}" -H 'X-Test: ${jndi:ldap://127.0.0.1/a}' https://HOST/` prints 403.

## Bad
```hcl
resource "google_compute_security_policy" "web" { # finding
  name = "web"
  rule {
    action   = "deny(403)"
    priority = 100
    preview  = true
    match {
      expr {
        expression = "evaluatePreconfiguredWaf('cve-canary')"
      }
    }
  }
}
```

## Good
```hcl
resource "google_compute_security_policy" "web" {
  name = "web"
  rule {
    action   = "deny(403)"
    priority = 100
    match {
      expr {
        expression = "evaluatePreconfiguredWaf('cve-canary')"
      }
    }
  }
}

resource "google_compute_security_policy" "api" {
  name = "api"
}

resource "google_compute_security_policy_rule" "log4j" {
  security_policy = google_compute_security_policy.api.name
  action          = "deny(403)"
  priority        = 100
  match {
    expr {
      expression = "evaluatePreconfiguredWaf('cve-canary')"
    }
  }
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import every, some

_RULE = re.compile(r"evaluatePreconfigured(?:Expr|Waf)\(\s*'cve-canary")


@rule(target="google_compute_security_policy", severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="CKV_GCP_73")
def check(policy: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if policy.at("type").text in ("CLOUD_ARMOR_EDGE", "CLOUD_ARMOR_NETWORK", "CLOUD_ARMOR_INTERNAL_SERVICE"):
        return
    if some(*(lambda rule=rule: _blocks(rule) for rule in policy.each("rule"))):
        return
    others = graph.attached(resource, "security_policy", "google_compute_security_policy_rule")
    if not some(*(lambda rule=rule.body: _blocks(rule) for rule in others)):
        yield Fail(policy, "no rule of the policy refuses requests that exploit Log4j", expected="a denying rule with cve-canary")


def _blocks(rule: Node) -> bool:
    """Whether a rule denies what the preconfigured signatures of that group match, and is not a preview only."""
    return every(
        lambda: (rule.at("action").text or "").startswith("deny"),
        lambda: rule.at("preview").missing or rule.at("preview").flag is not True,
        lambda: _RULE.search(rule.at("match.expr.expression").text or "") is not None,
    )
