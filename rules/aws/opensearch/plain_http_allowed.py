"""A search domain answers plain HTTP.

## Why it matters
Queries, documents and the password of basic authentication cross the network readable. Without `domain_endpoint_options` OpenSearch answers
on port 80 as well as on 443.

## Five whys
1. Why was the dashboard's password seen on the network? The browser sent it over HTTP.
2. Why did the domain take it? It answers on port 80.
3. Why? The code has no `domain_endpoint_options`, or says `enforce_https = false` in it.

## Fix now
`aws opensearch update-domain-config --domain-name D --domain-endpoint-options
EnforceHTTPS=true,TLSSecurityPolicy=Policy-Min-TLS-1-2-2019-07`; it takes effect without a blue/green change. Clients on port 80 fail.

## Workaround
Take port 80 out of the domain's security group.

## Prevent
The block in the module.

## Validate
`curl -s -o /dev/null -w '%{http_code}' http://ENDPOINT/` does not answer, `https` does.

## Bad
```hcl
resource "aws_opensearch_domain" "shop" {
  domain_name = "shop"
  domain_endpoint_options {
    enforce_https = false # finding
  }
}

resource "aws_elasticsearch_domain" "old" { # finding
  domain_name = "old"
}
```

## Good
```hcl
resource "aws_opensearch_domain" "shop" {
  domain_name = "shop"
  domain_endpoint_options {
    enforce_https = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(
    target="aws_opensearch_domain aws_elasticsearch_domain",
    severity=Severity.HIGH,
    aliases="CKV_AWS_83 AVD-AWS-0046 aws-elasticsearch-enforce-https",
)
def check(domain: Node) -> Iterator[Fail]:
    """In the block the provider's default is true; without the block AWS takes false."""
    options = domain.at("domain_endpoint_options")
    enforced = options.at("enforce_https")
    if options.missing or (enforced.present and not enforced.flag):
        yield Fail(enforced, "the domain answers plain HTTP", expected="true")
