"""An OSS bucket can be read or written by everybody.

## Why it matters
With `public-read`, each object can be fetched by whoever guesses its name, and the traffic is on your bill. With `public-read-write`,
strangers also store and replace files, and your site serves them.

## Five whys
1. Why did strangers download the invoices? The bucket answers without a signature.
2. Why? Its ACL is public.
3. Why? Pictures for the web site lie in the same bucket.

## Fix now
`aliyun oss set-acl oss://BUCKET private --bucket`. Objects may have an ACL of their own: `aliyun oss set-acl oss://BUCKET/ private
--recursive`.

## Workaround
Block public access for the whole account in the console (OSS, Block Public Access): it wins over every ACL.

## Prevent
Public files in a bucket of their own behind CDN with origin authentication; the ACL as a constant in the module.

## Validate
`curl -I https://BUCKET.oss-REGION.aliyuncs.com/OBJECT` answers 403.

## Bad
```hcl
resource "alicloud_oss_bucket" "invoices" {
  bucket = "acme-invoices"
  acl    = "public-read" # finding
}

resource "alicloud_oss_bucket" "reports" { # finding
  bucket = "acme-reports"
}

resource "alicloud_oss_bucket_acl" "reports" {
  bucket = alicloud_oss_bucket.reports.bucket
  acl    = "public-read-write"
}
```

## Good
```hcl
resource "alicloud_oss_bucket" "invoices" {
  bucket = "acme-invoices"
  acl    = "private"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Resource, Severity, rule

_OPEN = ("public-read", "public-read-write")


@rule(target="alicloud_oss_bucket", severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV_ALI_1")
def check(bucket: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    own = bucket.at("acl")
    if own.present and own.text in _OPEN:
        yield Fail(own, f"everybody may use the bucket: {own.text}", expected="private")
        return
    for other in graph.attached(resource, "bucket", "alicloud_oss_bucket_acl"):
        acl = other.at("acl")
        if acl.text in _OPEN:
            yield Fail(bucket, f"everybody may use the bucket: {acl.text}", expected="private", related=(acl,))
