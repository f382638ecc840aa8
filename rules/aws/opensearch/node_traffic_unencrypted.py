"""The nodes of a search domain talk to each other in the clear.

## Why it matters
Shards are copied between nodes all the time. Without node-to-node encryption that is readable on the network, and fine-grained access
control cannot be turned on.

## Five whys
1. Why can documents be read on the network of the domain? The nodes replicate them in the clear.
2. Why? `node_to_node_encryption` is off.
3. Why? It is off by default, and on HTTPS everybody thought of the front only.

## Fix now
`aws opensearch update-domain-config --domain-name D --node-to-node-encryption-options Enabled=true`: a blue/green change, which cannot be
taken back.

## Workaround
Keep the domain inside the VPC (`vpc_options`), with a narrow security group.

## Prevent
On in the module.

## Validate
`aws opensearch describe-domain --domain-name D --query DomainStatus.NodeToNodeEncryptionOptions` prints true.

## Bad
```hcl
resource "aws_opensearch_domain" "shop" { # finding
  domain_name = "shop"
  cluster_config {
    instance_count = 3
  }
}
```

## Good
```hcl
resource "aws_opensearch_domain" "shop" {
  domain_name = "shop"
  cluster_config {
    instance_count = 3
  }
  node_to_node_encryption {
    enabled = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(
    target="aws_opensearch_domain aws_elasticsearch_domain",
    severity=Severity.MEDIUM,
    aliases="CKV_AWS_6 AVD-AWS-0043 aws-elasticsearch-enable-in-transit-encryption",
)
def check(domain: Node) -> Iterator[Fail]:
    enabled = domain.at("node_to_node_encryption.enabled")
    if enabled.present and enabled.flag:
        return
    nodes = domain.at("cluster_config.instance_count")
    if enabled.present or (nodes.present and (nodes.number or 0) > 1):
        yield Fail(enabled, "the nodes of the domain talk to each other in the clear", expected="true")
