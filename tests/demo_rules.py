"""A few rules for tests of everything around rules."""

from __future__ import annotations

PAGE = """\
{summary}

## Why it matters
It does.

## Five whys
1. Why? Because.

## Fix now
Fix it.

## Workaround
None.

## Prevent
Prevent it.

## Validate
Look.

## Bad
```hcl
{bad}
```

## Good
```hcl
{good}
```
"""


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" if line else "\n" for line in text.splitlines())


UNENCRYPTED = """\
severity: high
profile: gate
target: aws_ebs_volume
aliases: DEMO_1
require:
  encrypted: {equals: true}
message: the volume is not encrypted
docs: |
""" + _indented(
    PAGE.format(
        summary="A volume is not encrypted.",
        bad='resource "aws_ebs_volume" "a" {\n  encrypted = false # finding\n}',
        good='resource "aws_ebs_volume" "a" {\n  encrypted = true\n}',
    )
)

UNTAGGED = """\
severity: low
target: aws_ebs_volume
require:
  tags: present
message: the volume has no tags
docs: |
""" + _indented(
    PAGE.format(
        summary="A volume has no tags.",
        bad='resource "aws_ebs_volume" "a" { # finding\n  encrypted = false\n}',
        good='resource "aws_ebs_volume" "a" {\n  tags = { Name = "a" }\n}',
    )
)

OPEN = (
    'r"""'
    + PAGE.format(
        summary="A security group is open to the world.",
        bad='resource "aws_security_group" "a" {\n  ingress {\n    from_port   = 22\n    to_port     = 22\n    protocol    = "tcp"\n'
        '    cidr_blocks = ["0.0.0.0/0"] # finding\n  }\n}',
        good='resource "aws_security_group" "a" {\n  ingress {\n    from_port   = 22\n    to_port     = 22\n    protocol    = "tcp"\n'
        '    cidr_blocks = ["10.0.0.0/8"]\n  }\n}',
    )
    + '''"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Fail, Node, Severity, rule


@rule(target="aws_security_group", each="ingress.cidr_blocks", severity=Severity.CRITICAL, aliases="DEMO_2", options={"world": "0.0.0.0/0"})
def check(block: Node, options: Mapping[str, Any]) -> Iterator[Fail]:
    if block.text == options["world"]:
        yield Fail(block, "the world may enter", expected="a private network", actual=block.text)
'''
)

CRASHING = OPEN.replace("if block.text", "block.nonsense()\n    if block.text")

FILES = {"demo/unencrypted.yaml": UNENCRYPTED, "demo/untagged.yaml": UNTAGGED}
"""What a folder of rules holds."""

CODE = {**FILES, "demo/open.py": OPEN}
