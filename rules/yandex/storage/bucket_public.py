"""An Object Storage bucket is open to everybody.

## Why it matters
Objects can be fetched by whoever knows or lists their names, and the traffic is on your bill. Exports and backups have guessable names.

## Five whys
1. Why did strangers fetch the export? The bucket answered without a login.
2. Why? Its ACL, a grant or the anonymous access is open.
3. Why? One file had to be shared.

## Fix now
`yc storage bucket update BUCKET --acl private --public-read=false --public-list=false`.

## Workaround
A signed address for the one file: `yc storage s3 presign s3://BUCKET/FILE --expires-in 3600`.

## Prevent
Public files in a bucket of their own behind the CDN; private as a constant in the module.

## Validate
`curl -I https://storage.yandexcloud.net/BUCKET/FILE` answers 403.

## Bad
```hcl
resource "yandex_storage_bucket" "exports" {
  bucket = "acme-exports"
  acl    = "public-read" # finding
}

resource "yandex_storage_bucket" "images" {
  bucket = "acme-images"
  anonymous_access_flags {
    read = true # finding
    list = false
  }
}
```

## Good
```hcl
resource "yandex_storage_bucket" "exports" {
  bucket = "acme-exports"
  acl    = "private"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule

_OPEN = ("public-read", "public-read-write", "authenticated-read")
_GROUPS = ("/groups/global/AllUsers", "/groups/global/AuthenticatedUsers")


@rule(target="yandex_storage_bucket", severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV_YC_17")
def check(bucket: Node) -> Iterator[Fail]:
    acl = bucket.at("acl")
    if acl.present and acl.text in _OPEN:
        yield Fail(acl, f"everybody may use the bucket: {acl.text}", expected="private")
    for path in ("anonymous_access_flags.read", "anonymous_access_flags.list"):
        flag = bucket.at(path)
        if flag.present and flag.flag is True:
            yield Fail(flag, "everybody may use the bucket without a login", expected="false")
    for uri in bucket.each("grant.uri"):
        if (uri.text or "").endswith(_GROUPS):
            yield Fail(uri, "everybody gets a right on the bucket", expected="single accounts")
