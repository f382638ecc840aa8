"""A file share of a storage gateway takes every client.

## Why it matters
NFS has no login: whoever is in the client list reads and writes the bucket behind the share. With `0.0.0.0/0` that is every host that
reaches the gateway.

## Five whys
1. Why could a printer write into the archive bucket? The share takes its address.
2. Why? The client list is `0.0.0.0/0`.
3. Why? It had to work from several networks, whose ranges nobody looked up.

## Fix now
`aws storagegateway update-nfs-file-share --file-share-arn F --client-list 10.1.0.0/24 10.2.0.15/32`; mounts of others end.

## Workaround
A security group or firewall before the gateway that takes 2049 from the clients only.

## Prevent
A required variable for the ranges in the module; SMB with Active Directory where users have to be told apart.

## Validate
`aws storagegateway describe-nfs-file-shares --file-share-arn-list F --query 'NFSFileShareInfoList[].ClientList'`.

## Bad
```hcl
resource "aws_storagegateway_nfs_file_share" "archive" {
  client_list  = ["0.0.0.0/0"] # finding
  gateway_arn  = "arn:aws:storagegateway:eu-west-1:111122223333:gateway/sgw-12345678"
  location_arn = "arn:aws:s3:::archive-4711"
  role_arn     = "arn:aws:iam::111122223333:role/gateway"
}
```

## Good
```hcl
resource "aws_storagegateway_nfs_file_share" "archive" {
  client_list  = ["10.1.0.0/24"]
  gateway_arn  = "arn:aws:storagegateway:eu-west-1:111122223333:gateway/sgw-12345678"
  location_arn = "arn:aws:s3:::archive-4711"
  role_arn     = "arn:aws:iam::111122223333:role/gateway"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.address_range import is_anywhere


@rule(target="aws_storagegateway_nfs_file_share", severity=Severity.HIGH)
def check(share: Node) -> Iterator[Fail]:
    for client in share.each("client_list"):
        if is_anywhere(client.text):
            yield Fail(client, "the share takes every client", expected="the ranges of its clients")
