r"""A search domain answers everybody.

## Why it matters
With an access policy for `*` nothing but the network stands before the indices. A domain with a public endpoint is
then found by scanners within a day, copied, wiped, and a ransom note is left as an index.

## Five whys
1. Why are the indices gone? They were deleted through the public endpoint.
2. Why without credentials? The access policy allows `es:*` to `*`.
3. Why? The application does not sign its requests, and `*` lets it in.
4. Why is that not caught elsewhere? Fine-grained access control is off, and the domain is not in a VPC.

## Fix now
Name the role of the application and let it sign its requests (SigV4), or narrow by `IpAddress` on `aws:SourceIp`
until it can: `aws opensearch update-domain-config --domain-name NAME --access-policies file://policy.json` (no
restart).

## Workaround
Turn on fine-grained access control with a master user, so that a login is asked for even where the policy is open.

## Prevent
Place domains in a VPC (`vpc_options`), which cannot be added later: a new domain and a snapshot restore are needed.

## Validate
`curl -s -o /dev/null -w "%{http_code}" https://ENDPOINT/_cat/indices` without signature prints 403.

## Bad
```hcl
resource "aws_opensearch_domain" "catalogue" {
  domain_name = "catalogue"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" } # finding
      Action    = "es:*"
      Resource  = "arn:aws:es:eu-west-1:111122223333:domain/catalogue/*"
    }]
  })
}
```

## Good
```hcl
resource "aws_opensearch_domain" "catalogue" {
  domain_name = "catalogue"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "es:ESHttpGet"
      Resource  = "arn:aws:es:eu-west-1:111122223333:domain/catalogue/*"
      Condition = { IpAddress = { "aws:SourceIp" = "203.0.113.0/24" } }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.iam.strangers import let_in
from auditor.views.policy import Statement, resource_statements


@rule(
    aliases="CKV_AWS_283",
    target="aws_opensearch_domain aws_opensearch_domain_policy aws_elasticsearch_domain aws_elasticsearch_domain_policy",
    each=resource_statements,
    severity=Severity.HIGH,
)
def check(statement: Statement, resource: Resource, graph: Graph) -> Iterator[Fail]:
    principal = let_in(statement, resource, graph)
    if principal is not None:
        yield Fail(
            principal.where,
            "everybody may do this with the domain",
            expected="the roles that search and index, or a condition on aws:SourceIp",
        )
