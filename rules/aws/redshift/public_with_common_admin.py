"""A public warehouse has an administrator whose name everybody guesses.

## Why it matters
A login takes a name and a password. With `admin`, `awsuser` or `root` on a public address the first half is known, and lists of passwords
are tried on it day and night.

## Five whys
1. Why was the warehouse broken into by guessing? The name of the administrator is the usual one.
2. Why could anybody try? The cluster has a public address.
3. Why that name? It is the one in AWS's examples.

## Fix now
Take the address away first: `aws redshift modify-cluster --cluster-identifier C --no-publicly-accessible`. The administrator of a cluster
cannot be renamed: make a new superuser (`CREATE USER x PASSWORD … CREATEUSER`) and give the old one a long random password.

## Workaround
Rotate the password now: `aws redshift modify-cluster --master-user-password …`, better `manage_master_password = true`.

## Prevent
A name of your own from the start, private clusters, IAM logins for people.

## Validate
`SELECT usename, usesuper FROM pg_user;` and `describe-clusters --query 'Clusters[].PubliclyAccessible'`.

## Bad
```hcl
resource "aws_redshift_cluster" "dwh" {
  cluster_identifier  = "dwh"
  node_type           = "ra3.xlplus"
  master_username     = "awsuser" # finding
  publicly_accessible = true
}
```

## Good
```hcl
resource "aws_redshift_cluster" "dwh" {
  cluster_identifier  = "dwh"
  node_type           = "ra3.xlplus"
  master_username     = "warehouse_owner"
  publicly_accessible = false
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

COMMON = ("awsuser", "administrator", "admin", "root", "master", "superuser", "postgres", "redshift", "user")


@rule(target="aws_redshift_cluster", severity=Severity.HIGH, aliases="CKV_AWS_391")
def check(cluster: Node) -> Iterator[Fail]:
    name, public = cluster.at("master_username"), cluster.at("publicly_accessible")
    if name.present and (name.text or "").lower() in COMMON and public.present and public.flag:
        yield Fail(name, "a public warehouse has the usual name for its administrator", expected="a name of your own", related=(public,))
