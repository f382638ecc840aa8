"""A message broker asks for an engine version that Amazon MQ has retired.

## Why it matters
Retired versions get no fixes, cannot be created again, and are upgraded by AWS on a date of its choice. A recovery from code fails at
the broker.

## Five whys
1. Why could the broker not be rebuilt? Its version cannot be created any more.
2. Why does the code name it? It was never changed after the first day.

## Fix now
`aws mq describe-broker-engine-types --engine-type ACTIVEMQ` lists what there is. Upgrade one step at a time: `aws mq update-broker
--broker-id ID --engine-version V`, then reboot in the window. Test clients first: ActiveMQ 5.17 needs new TLS, RabbitMQ 4 drops
mirrored queues.

## Workaround
A new broker beside the old one and a shovel or network connector between them.

## Prevent
One variable for the version, read twice a year.

## Validate
`aws mq describe-broker --broker-id ID --query EngineVersion`.

## Bad
```hcl
resource "aws_mq_broker" "orders" {
  broker_name        = "orders"
  engine_type        = "ActiveMQ"
  engine_version     = "5.15.14" # finding
  host_instance_type = "mq.m5.large"
}
```

## Good
```hcl
resource "aws_mq_broker" "orders" {
  broker_name        = "orders"
  engine_type        = "ActiveMQ"
  engine_version     = "5.18"
  host_instance_type = "mq.m5.large"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

_OLDEST = {"activemq": (5, 17), "rabbitmq": (3, 11)}


@rule(target="aws_mq_broker aws_mq_configuration", severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="CKV_AWS_208")
def check(broker: Node) -> Iterator[Fail]:
    version = broker.at("engine_version")
    engine = broker.at("engine_type").text or ""
    oldest = _OLDEST.get(engine.lower())
    numbers = (version.text or "").split(".")[:2] if version.present else []
    if oldest and len(numbers) == 2 and all(number.isdigit() for number in numbers) and (int(numbers[0]), int(numbers[1])) < oldest:
        yield Fail(version, f"Amazon MQ no longer supports {engine} {version.text}", expected=f"{oldest[0]}.{oldest[1]} or newer")
