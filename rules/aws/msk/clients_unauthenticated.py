"""Clients may use a Kafka cluster without saying who they are.

## Why it matters
Whoever reaches the brokers in the network may read, write and delete every topic. Nothing tells one client from another, so nothing can
be allowed to one and refused to another.

## Five whys
1. Why could the test job write into the live topic? The cluster asks nobody for a name.
2. Why? `client_authentication` is left out, which allows everybody.
3. Why? It worked at once, and ACLs were to come later.

## Fix now
Turn IAM on beside it: `aws kafka update-security --cluster-arn ARN --current-version V --client-authentication
'{"Sasl":{"Iam":{"Enabled":true}},"Unauthenticated":{"Enabled":true}}'`; move clients to port 9098, then set `Unauthenticated` to false.

## Workaround
A security group for the brokers that names each client's group.

## Prevent
IAM authentication from the first day, in the module.

## Validate
A client on port 9094 without credentials is refused.

## Bad
```hcl
resource "aws_msk_cluster" "main" { # finding
  cluster_name           = "main"
  kafka_version          = "3.8.x"
  number_of_broker_nodes = 3
}
```

## Good
```hcl
resource "aws_msk_cluster" "main" {
  cluster_name           = "main"
  kafka_version          = "3.8.x"
  number_of_broker_nodes = 3

  client_authentication {
    sasl {
      iam = true
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="aws_msk_cluster", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(cluster: Node) -> Iterator[Fail]:
    authentication = cluster.at("client_authentication")
    anonymous = authentication.at("unauthenticated")
    if authentication.missing:
        yield Fail(authentication, "everybody in the network may read and write every topic", expected="sasl with iam or scram, or tls")
    elif anonymous.present and anonymous.flag:
        yield Fail(anonymous, "clients may connect without a name", expected="false")
