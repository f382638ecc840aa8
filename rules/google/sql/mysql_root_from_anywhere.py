"""An administrator of MySQL may log in from every address.

## Why it matters
`root` with the host `%` is the name that every robot tries, from every address that reaches the instance. Behind it are all databases,
the other users' passwords and the audit settings.

## Five whys
1. Why was the guessed password worth so much? It was the password of `root`.
2. Why could it be used from there? The user's host is `%`, which is any.
3. Why? That is how the user is made when no host is named.

## Fix now
`gcloud sql users delete root --host=% --instance=INSTANCE`, after having made administrators by IAM: `gcloud sql users create
USER@example.com --instance=INSTANCE --type=CLOUD_IAM_USER`.

## Workaround
`gcloud sql users set-password root --host=% --instance=INSTANCE --prompt-for-password` with a long random one that stands in Secret
Manager only.

## Prevent
IAM database authentication (`cloudsql_iam_authentication = on`) in the module, and no `google_sql_user` named root.

## Validate
`gcloud sql users list --instance=INSTANCE --filter="name=root"` prints nothing with host `%`.

## Bad
```hcl
resource "google_sql_database_instance" "shop" {
  database_version = "MYSQL_8_0"
}

resource "google_sql_user" "root" {
  name     = "root"
  instance = google_sql_database_instance.shop.name
  host     = "%" # finding
}
```

## Good
```hcl
resource "google_sql_database_instance" "shop" {
  database_version = "MYSQL_8_0"
}

resource "google_sql_user" "shop" {
  name     = "shop"
  instance = google_sql_database_instance.shop.name
  host     = "10.%"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Severity, rule
from auditor.views.google.sql import KIND, Instance

_ADMINISTRATORS = ("root", "mysql.sys", "admin")


@rule(target="google_sql_user", severity=Severity.HIGH)
def check(user: Node, graph: Graph) -> Iterator[Fail]:
    if user.at("name").text not in _ADMINISTRATORS:
        return
    instances = graph.targets(user.at("instance"), KIND)
    if not instances and user.at("host").missing:
        return
    if instances and not any(Instance(instance.body).engine == "MYSQL" for instance in instances):
        return
    host = user.at("host")
    if host.missing or host.text in ("", "%"):
        yield Fail(host, "an administrator of MySQL may log in from every address", expected="a host, or IAM authentication")
