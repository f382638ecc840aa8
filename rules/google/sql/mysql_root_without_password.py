"""Root of a MySQL instance may log in without a password.

## Why it matters
Whoever reaches the instance is its administrator: all databases, all users' passwords, the audit settings. With a public address that is
anybody on the internet.

## Five whys
1. Why could a stranger drop the databases? They logged in as root.
2. Why could they? Root has no password.
3. Why not? The code makes the user and leaves the password out.

## Fix now
`gcloud sql users set-password root --host=% --instance=INSTANCE --prompt-for-password`. Better: delete the user (`gcloud sql users delete
root --host=% --instance=INSTANCE`) and let administrators in by IAM (`--type=CLOUD_IAM_USER`).

## Workaround
Close the way there meanwhile: `gcloud sql instances patch INSTANCE --clear-authorized-networks`.

## Prevent
IAM database authentication in the module, and no `google_sql_user` without `password_wo` or an IAM type.

## Validate
`mysql -h ADDRESS -u root` answers "Access denied".

## Bad
```hcl
resource "google_sql_database_instance" "shop" { # finding
  database_version = "MYSQL_8_0"
}

resource "google_sql_user" "root" {
  name     = "root"
  instance = google_sql_database_instance.shop.name
}
```

## Good
```hcl
resource "google_sql_database_instance" "shop" {
  database_version = "MYSQL_8_0"
}

resource "google_sql_user" "root" {
  name     = "root"
  instance = google_sql_database_instance.shop.name
  password = var.root_password
}

variable "root_password" {
  type      = string
  sensitive = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.google.sql import KIND, mysql

_PASSWORDS = ("password", "password_wo")


@rule(target=KIND, severity=Severity.CRITICAL, profile=Profile.GATE, aliases="CKV2_GCP_7")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for _instance in mysql(body):
        for user in graph.attached(resource, "instance", "google_sql_user"):
            if user.at("name").text == "root" and not any(_given(user.at(path)) for path in _PASSWORDS):
                yield Fail(body, "root may log in without a password", related=(user.body,))
                return


def _given(password: Node) -> bool:
    return password.unknown or (password.present and password.data != "")
