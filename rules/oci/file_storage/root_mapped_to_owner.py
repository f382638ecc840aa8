"""An export squashes root, and does not map it to nobody.

## Why it matters
Squashing shall make a client's root harmless. With an `anonymous_uid` of 0, or another one that owns files, root becomes that user
instead, and reads or deletes their files from any client.

## Five whys
1. Why could root of one client delete another team's files? It was mapped to a user who owns them.
2. Why to that one? `anonymous_uid` and `anonymous_gid` are not those of nobody.
3. Why? They were set to the user of the first application.

## Fix now
`oci fs export update --export-id ID --export-options
'[{"source":"10.0.0.0/16","access":"READ_WRITE","identitySquash":"ROOT","anonymousUid":65534,"anonymousGid":65534}]'`; clients see it at
once.

## Workaround
An export of its own per application, with its own options.

## Prevent
The three arguments as one object in the module.

## Validate
On a client: `sudo touch /mnt/t && stat -c %u:%g /mnt/t` prints 65534:65534.

## Bad
```hcl
resource "oci_file_storage_export" "home" {
  path = "/home"
  export_options {
    source          = "10.0.0.0/16"
    identity_squash = "ROOT"
    anonymous_uid   = 0 # finding
    anonymous_gid   = 65534
  }
}
```

## Good
```hcl
resource "oci_file_storage_export" "home" {
  path = "/home"
  export_options {
    source          = "10.0.0.0/16"
    identity_squash = "ROOT"
    anonymous_uid   = 65534
    anonymous_gid   = 65534
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

_NOBODY = 65534
_PATHS = ("anonymous_uid", "anonymous_gid")


@rule(target="oci_file_storage_export", each="export_options", severity=Severity.LOW, aliases="CKV2_OCI_4")
def check(options: Node) -> Iterator[Fail]:
    squash = options.at("identity_squash")
    if squash.missing or (squash.text or "").upper() != "ROOT":
        return
    for path in _PATHS:
        identity = options.at(path)
        if identity.missing or identity.number != _NOBODY:
            yield Fail(identity, f"{path} of squashed root is {identity.text or 'not set'}, not nobody's", expected="65534")
            return
