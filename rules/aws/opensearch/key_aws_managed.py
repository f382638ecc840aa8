"""No customer managed key encrypts a search domain.

## Why it matters
With the key of AWS nobody can cut the domain off in an emergency, and no key policy says who may use what lies in it.

## Five whys
1. Why does the use of the index's key appear in no log of ours? The key is AWS's.
2. Why? `encrypt_at_rest` names no `kms_key_id`.
3. Why? Encryption alone was asked for.

## Fix now
The key of a running domain cannot be changed: create a domain with `kms_key_id`, restore a manual snapshot into it, and switch the clients.

## Workaround
Limit `es:ESHttp*` by the access policy.

## Prevent
The key in the module; never disable it while the domain runs, or its data is lost.

## Validate
`aws opensearch describe-domain --domain-name D --query DomainStatus.EncryptionAtRestOptions.KmsKeyId`.

## Bad
```hcl
resource "aws_opensearch_domain" "shop" {
  domain_name = "shop"
  encrypt_at_rest { # finding
    enabled = true
  }
}
```

## Good
```hcl
resource "aws_opensearch_domain" "shop" {
  domain_name = "shop"
  encrypt_at_rest {
    enabled    = true
    kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_opensearch_domain aws_elasticsearch_domain",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_247",
)
def check(domain: Node) -> Iterator[Fail]:
    key = domain.at("encrypt_at_rest.kms_key_id")
    if lacks_own_key(key):
        yield Fail(key, "no key of one's own encrypts the domain", expected="the ARN of a customer managed key")
