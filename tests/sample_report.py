"""A realistic report, made by hand."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from auditor.engine.page import parse
from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.finding import Absent, Change, ChangedBy, Code, Dependent, DriftDetail, Finding, Outcome, Suppression, Why
from auditor.model.report import Coverage, Report, Skip
from auditor.model.resource import Facet, Origin
from auditor.model.rule import Confidence, Profile, Rule, Severity
from auditor.model.span import Span

MAIN = """\
resource "aws_security_group" "web" {
  name = "web"

  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_db_instance" "main" {
  identifier = "main"
  password   = "correct-horse-battery"
  username   = "app"
}
"""
PROD = 'cidrs = ["0.0.0.0/0"]\n'
NET = """\
module "net" {
  source = "./net"
  count  = 3
  cidrs  = var.cidrs
}
"""

PAGE = """\
SSH is open to the whole internet.

## Why it matters
Anybody can try passwords and keys on `sshd`, at any time. Bots find an open port 22 within minutes, e.g. by scanning
whole networks.

## Five whys
1. Why is the machine under attack?  Its port 22 answers to everybody.

## Fix now
Replace `0.0.0.0/0` by the networks of your staff. Or remove the rule and use Session Manager. More words follow here.

## Workaround
Stop `sshd` until the rule is closed:

```sh
systemctl stop sshd
```

## Prevent
- Run this check before merging.
- Deny such rules with a service control policy.

## Validate
`aws ec2 describe-security-groups` shows no rule for port 22 from `0.0.0.0/0`.

## Bad
```hcl
resource "aws_security_group" "a" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # finding
  }
}
```

## Good
```hcl
resource "aws_security_group" "a" {}
```
"""


def rule(name: str = "aws-security-group-ssh-open", page: str = PAGE, **changes: Any) -> Rule:
    return Rule(
        **{
            "id": name,
            "severity": Severity.HIGH,
            "kinds": frozenset({"aws_security_group", "aws_security_group_rule"}),
            "check": lambda *_: (),
            "read_page": lambda: parse(page),
            "profile": Profile.GATE,
            "aliases": ("CKV_AWS_24", "AVD-AWS-0107"),
            **changes,
        }
    )


def finding(**changes: Any) -> Finding:
    made = Finding(
        rule="aws-security-group-ssh-open",
        severity=Severity.HIGH,
        confidence=Confidence.CERTAIN,
        outcome=Outcome.FAIL,
        resource="aws_security_group.web",
        kind="aws_security_group",
        root=".",
        attribute="ingress[0].cidr_blocks[0]",
        message="SSH is open to 0.0.0.0/0",
        span=Span("net/main.tf", 8, 20, 8, 31),
        fingerprint="f00dfeed0001",
        aliases=("CKV_AWS_24", "AVD-AWS-0107"),
        expected="no 0.0.0.0/0 for port 22",
        actual="0.0.0.0/0",
        resource_span=Span("net/main.tf", 1, 1, 10, 2),
    )
    return replace(made, **changes)


def rich_finding() -> Finding:
    """One with everything that a root-cause analysis needs."""
    literal = Span("prod.tfvars", 1, 10, 1, 21)
    group = "module.net[1].aws_security_group.web"
    return finding(
        resource=group,
        fingerprint="f00dfeed0002",
        span=literal,
        chain=(Span("main.tf", 1, 1, 5, 2),),
        related=(Span("net/main.tf", 5, 5, 5, 22),),
        history=(
            Origin("attribute", "var.cidrs", Span("net/main.tf", 8, 19, 8, 28)),
            Origin("argument", "var.cidrs", Span("main.tf", 4, 12, 4, 21)),
            Origin("tfvars", '"0.0.0.0/0"', literal, "0.0.0.0/0"),
        ),
        whys=(
            Why("Why is the port open? The module call passes var.cidrs", Code(Span("main.tf", 4, 12, 4, 21), "var.cidrs")),
            Why("Why is that so? A tfvars file sets 0.0.0.0/0", Code(literal, '"0.0.0.0/0"')),
            Why("Why did nobody see it? Nothing checks tfvars files"),
        ),
        evidence=(Code(literal, "0.0.0.0/0"), Absent("net/main.tf", "description", Span("net/main.tf", 4, 3, 9, 4))),
        blast=(
            Dependent("aws_instance.web", "aws_instance", ("aws_instance.web", group), Span("app.tf", 3, 5, 3, 30)),
            Dependent("aws_lb.web", "aws_lb", ("aws_lb.web", "aws_instance.web", group), Span("app.tf", 9, 5, 9, 30)),
        ),
        change=Change(
            "0123456789abcdef0123456789abcdef01234567",
            "Ada <ada@example.org>",
            datetime.datetime(2026, 3, 1, 9, 30, tzinfo=datetime.UTC),
            "open SSH for the demo",
            literal,
        ),
        delta="new",
        blame=Span("main.tf", 4, 3, 4, 21),
    )


def report(**changes: Any) -> Report:
    """Findings of every kind over four files."""
    folded = tuple(
        finding(
            rule="aws-db-deletion-protection-off",
            severity=Severity.MEDIUM,
            confidence=Confidence.FIRM,
            resource=f"module.data[{n}].aws_db_instance.main",
            kind="aws_db_instance",
            attribute="deletion_protection",
            message="the database can be deleted by one command",
            span=Span("net/main.tf", 12, 1, 16, 2),
            fingerprint=f"dead00{n:02}",
            aliases=(),
            expected="true",
            actual="not set",
            evidence=(Absent(f"module.data[{n}].aws_db_instance.main", "deletion_protection", Span("net/main.tf", 12, 1, 16, 2)),),
            chain=(Span("main.tf", 1, 1, 5, 2),),
            delta="unchanged",
        )
        for n in range(12)
    )
    secret = finding(
        rule="aws-db-password-hardcoded",
        severity=Severity.CRITICAL,
        resource="aws_db_instance.main",
        kind="aws_db_instance",
        attribute="password",
        message="the master password is written in the code",
        span=Span("net/main.tf", 14, 16, 14, 39),
        fingerprint="5ec7e7",
        aliases=("CKV_SECRET_6",),
        expected="a reference to a secret store",
        actual="(sensitive)",
        evidence=(Code(Span("net/main.tf", 14, 16, 14, 39), "(sensitive)"),),
        history=(Origin("literal", '"correct-horse-battery"', Span("net/main.tf", 14, 16, 14, 39), "correct-horse-battery"),),
        delta="new",
    )
    drifted = finding(
        rule="drift-changed",
        severity=Severity.LOW,
        resource="aws_security_group.web",
        attribute="ingress[1]",
        message="ingress[1] was added outside of Terraform",
        span=Span("aws/ec2_describe-security-groups.json", 40, 3, 48, 4),
        fingerprint="d21f7",
        facets=(Facet.WRITTEN, Facet.RUNNING),
        aliases=(),
        expected="",
        actual="",
        drift=DriftDetail(
            "changed",
            "ingress[1]",
            {"written": None, "planned": None, "recorded": None, "running": {"from_port": 443, "cidr_blocks": ["0.0.0.0/0"]}},
            ChangedBy("arn:aws:iam::123456789012:user/eve", "2026-03-01T10:00:00Z", "console", "high"),
        ),
    )
    unsure = tuple(
        finding(
            outcome=Outcome.UNSURE,
            resource=f"aws_security_group.other[{n}]",
            message="var.office_cidr has no value",
            span=Span("other.tf", 3, 5, 3, 30),
            fingerprint=f"0b5c{n}",
            expected="",
            actual="",
        )
        for n in range(2)
    )
    suppressed = finding(
        resource="aws_security_group.bastion",
        span=Span("bastion.tf", 8, 20, 8, 31),
        fingerprint="5a9e",
        suppression=Suppression("the bastion is meant to be reached", Span("bastion.tf", 7, 3, 7, 60), datetime.date(2027, 1, 31)),
    )
    broken = Diagnostic(Span("broken.tf", 3, 1, 3, 2), "hcl-syntax", "a block is not closed", Level.ERROR, gap=True)
    return replace(
        Report(
            findings=(finding(delta="new"), rich_finding(), *folded, secret, drifted),
            unsure=unsure,
            suppressed=(suppressed,),
            fixed=(finding(resource="aws_security_group.old", fingerprint="01d", delta="fixed"),),
            rules=(
                rule(),
                rule("aws-db-deletion-protection-off", severity=Severity.MEDIUM, aliases=()),
                rule("aws-db-password-hardcoded", severity=Severity.CRITICAL, aliases=("CKV_SECRET_6",)),
                rule("aws-s3-bucket-public", aliases=("CKV_AWS_20",)),
            ),
            diagnostics=(broken, Diagnostic(Span("main.tf", 2, 3, 2, 9), "module-unpinned", "the module has no version", Level.WARNING)),
            coverage=Coverage(
                files=(("terraform", 6), ("aws-replies", 1)),
                resources=20,
                rules=4,
                evaluated=60,
                passed=40,
                skipped=(Skip("logo.png", "not text"), Skip("vendor", "excluded by the configuration")),
                gaps=(broken,),
                refused=(Skip("aws/iam_list-roles.json", "AccessDenied: iam:ListRoles"),),
            ),
            texts={"net/main.tf": MAIN, "prod.tfvars": PROD, "main.tf": NET},
        ),
        **changes,
    )
