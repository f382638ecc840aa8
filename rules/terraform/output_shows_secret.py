r"""An output shows a secret.

## Why it matters
An output that is not marked as sensitive is printed at the end of every apply, into the logs of the pipeline, which
more people can read than the state, and which are kept for months.

## Five whys
1. Why does the password stand in the log of the pipeline? The apply printed it.
2. Why? It is an output, and not marked.
3. Why did Terraform not refuse? The value comes from where it is not known to be secret, or the output belongs to a
   child module.

## Fix now
Set `sensitive = true`, rotate the secret, and remove the log. Better: output the name of the secret instead of its
value.

## Workaround
Delete the log of the runs that printed it.

## Prevent
Outputs hold names and ARNs; who needs the secret reads it from the store with its own rights.

## Validate
`terraform output` prints `<sensitive>` for it.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  manage_master_user_password = true
  password                    = var.start
}

variable "start" {
  type      = string
  sensitive = true
}

output "start" {
  value = aws_db_instance.orders.password # finding
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier = "orders"
  password   = var.start
}

variable "start" {
  type      = string
  sensitive = true
}

output "start" {
  value     = aws_db_instance.orders.password
  sensitive = true
}

output "orders" {
  value = aws_db_instance.orders.identifier
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Severity, rule
from auditor.views.secret import conceal

_SECRETS = {
    "random_password.result",
    "tls_private_key.private_key_pem",
    "aws_iam_access_key.secret",
    "aws_iam_access_key.ses_smtp_password_v4",
}


@rule(target="output", severity=Severity.MEDIUM, facets=[Facet.WRITTEN])
def check(body: Node) -> Iterator[Fail]:
    value, sensitive = body.at("value"), body.at("sensitive")
    if not sensitive.missing and sensitive.flag is not False:
        return
    if value.sensitive or any(_secret(ref.address.text, ref.attribute) for ref in value.refs):
        yield Fail(conceal(value), "the secret is printed by every apply", expected="sensitive = true", actual="(sensitive)")


def _secret(address: str, attribute: str) -> bool:
    parts = address.split(".")
    return len(parts) > 1 and f"{parts[-2]}.{attribute}" in _SECRETS
