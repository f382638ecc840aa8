"""Accounts of the organisation are not enrolled in threat detection.

## Why it matters
A detector watches one account in one region. New accounts, which have the fewest guards, start without one until somebody thinks of it.

## Five whys
1. Why was the mining in the sandbox account not reported? It has no detector.
2. Why not? Nobody enrolled it.
3. Why does that not happen by itself? The organisation's configuration is missing, or enrols nobody.

## Fix now
In the delegated administrator account: `aws guardduty update-organization-configuration --detector-id ID
--auto-enable-organization-members ALL`, in each region. A single account without an organisation may accept this rule.

## Workaround
`aws guardduty create-members` for the accounts of now.

## Prevent
The configuration with `ALL` beside each detector of the security account.

## Validate
`aws guardduty describe-organization-configuration --detector-id ID --query AutoEnableOrganizationMembers` prints ALL.

## Bad
```hcl
resource "aws_guardduty_detector" "main" {
  enable = true
}

resource "aws_guardduty_organization_configuration" "main" {
  detector_id                      = aws_guardduty_detector.main.id
  auto_enable_organization_members = "NONE" # finding
}
```

## Good
```hcl
resource "aws_guardduty_detector" "main" {
  enable = true
}

resource "aws_guardduty_organization_configuration" "main" {
  detector_id                      = aws_guardduty_detector.main.id
  auto_enable_organization_members = "ALL"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(target="aws_guardduty_detector", severity=Severity.LOW, confidence=Confidence.LIKELY, aliases="CKV2_AWS_3")
def check(detector: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found = graph.attached(resource, "detector_id", "aws_guardduty_organization_configuration")
    if not found:
        yield Fail(
            detector, "accounts of the organisation are not enrolled by this code", expected="an aws_guardduty_organization_configuration"
        )
    for configuration in found:
        members, old = configuration.at("auto_enable_organization_members"), configuration.at("auto_enable")
        named = members.present and members.text in ("ALL", "NEW")
        if not named and not (old.present and old.flag):
            where = members if members.present else old
            yield Fail(where, "accounts of the organisation are not enrolled", expected="ALL")
