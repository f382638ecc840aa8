"""The text of a new rule: small, complete, and passing the kit, so that its author changes one thing at a time."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from auditor.model.error import InputError

Form: TypeAlias = Literal["yaml", "python"]

_NAME = re.compile(r"[a-z0-9]+(?:[-_/][a-z0-9]+)+")

_PAGE = """\
A queue has no dead letter queue.

## Why it matters
A message that no consumer can handle comes back for ever, and delays all the others.

## Five whys
1. Why do messages arrive late? The consumers are busy with messages that failed before.
2. Why do these come back? Nothing takes them out of the queue.
3. Why not? No `redrive_policy` says where they should go.

## Fix now
Name a dead letter queue in `redrive_policy`, with a `maxReceiveCount` of about 5.

## Workaround
Delete the message by hand: `aws sqs receive-message`, then `aws sqs delete-message`.

## Prevent
Create queues through one module that always adds a dead letter queue.

## Validate
`aws sqs get-queue-attributes --attribute-names RedrivePolicy` prints a policy.

## Bad
```hcl
resource "aws_sqs_queue" "orders" { # finding
  name = "orders"
}
```

## Good
```hcl
resource "aws_sqs_queue" "orders" {
  name           = "orders"
  redrive_policy = jsonencode({ deadLetterTargetArn = "arn:aws:sqs:eu-west-1:111122223333:dead", maxReceiveCount = 5 })
}
```
"""

_YAML = """\
severity: medium
confidence: firm
target: aws_sqs_queue
require:
  redrive_policy: present
message: messages that fail come back for ever
# aliases: the ids of the same check in other tools
docs: |
{page}"""

_PYTHON = '''\
r"""{page}"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="aws_sqs_queue", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(queue: Node) -> Iterator[Fail]:
    policy = queue.at("redrive_policy")
    if policy.missing:
        yield Fail(policy, "messages that fail come back for ever", expected="a dead letter queue")
'''


def new_rule(name: str, form: Form = "yaml") -> tuple[str, str]:
    """(path below the rule folder, text) of a new rule; the name is an id (`aws-queue-without-alarm`) or a path (`aws/sqs/no_alarm`)."""
    if not _NAME.fullmatch(name):
        raise InputError(f"{name!r} is not the name of a rule", hint="write domain-fault in small letters, as in aws-queue-without-alarm")
    folder, _, rest = name.rpartition("/") if "/" in name else name.partition("-")
    path = f"{folder}/{rest.replace('-', '_')}" if rest else folder
    if form == "python":
        return f"{path}.py", _PYTHON.replace("{page}", _PAGE)
    return f"{path}.yaml", _YAML.replace("{page}", "".join(f"  {line}\n" if line else "\n" for line in _PAGE.splitlines()))
