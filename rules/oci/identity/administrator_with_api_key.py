"""A user in the group Administrators has an API key.

## Why it matters
The key is a file without a second factor, and its owner may do everything in the tenancy. Copied from a laptop or a repository, it is the
tenancy.

## Five whys
1. Why was the tenancy emptied with a file from a laptop? It was an API key of an administrator.
2. Why did an administrator have one? A script had to run with all rights.
3. Why no narrower user for the script? The administrator was there already.

## Fix now
`oci iam user api-key delete --user-id USER --fingerprint FP`, after having made a user or an instance principal with the rights that the
script needs. Look at what the key did: `oci audit event list ... --query "data[?data.identity.credentials=='...']"`.

## Workaround
A network source that limits where this user may come from (`oci iam network-source create`, `where request.networkSource.name=...`).

## Prevent
Administrators log in by federation with a second factor; automation uses dynamic groups.

## Validate
`oci iam user api-key list --user-id USER` prints nothing for each member of the group.

## Bad
```hcl
resource "oci_identity_group" "admins" {
  name        = "Administrators"
  description = "all rights"
}

resource "oci_identity_user" "jane" { # finding
  name        = "jane"
  description = "Jane"
}

resource "oci_identity_user_group_membership" "jane" {
  user_id  = oci_identity_user.jane.id
  group_id = oci_identity_group.admins.id
}

resource "oci_identity_api_key" "jane" {
  user_id   = oci_identity_user.jane.id
  key_value = "-----BEGIN PUBLIC KEY-----"
}
```

## Good
```hcl
resource "oci_identity_group" "admins" {
  name        = "Administrators"
  description = "all rights"
}

resource "oci_identity_user" "jane" {
  name        = "jane"
  description = "Jane"
}

resource "oci_identity_user_group_membership" "jane" {
  user_id  = oci_identity_user.jane.id
  group_id = oci_identity_group.admins.id
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule

_KEYS = ("oci_identity_api_key",)


@rule(target="oci_identity_user", severity=Severity.HIGH, aliases="CKV2_OCI_1")
def check(user: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    keys = graph.attached(resource, "user_id", *_KEYS)
    if not keys:
        return
    for membership in graph.attached(resource, "user_id", "oci_identity_user_group_membership"):
        for group in graph.targets(membership.at("group_id"), "oci_identity_group"):
            if group.at("name").text == "Administrators":
                yield Fail(user, "an administrator of the tenancy has an API key", related=(keys[0].body, membership.body))
                return
