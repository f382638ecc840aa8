"""A CVM machine's user data hold a secret.

## Why it matters
User data can be read by every process of the machine, by everybody who may describe it, and stand in code and state. A secret in them is
known to all of these.

## Five whys
1. Why was the account's key used from abroad? It stood in the user data of a machine.
2. Why there? The script calls Tencent Cloud's API.
3. Why with a key? A CAM role for the machine was not known.

## Fix now
Delete the key: `tccli cam DeleteAccessKey --AccessKeyId AKID`. Give the machine a role (`cam_role_name`), from which the CLI gets its
credentials by itself, and take the key out of the script.

## Workaround
Fetch other secrets at start from Secrets Manager: `tccli ssm GetSecretValue --SecretName NAME --VersionId VERSION`.

## Prevent
A secret scanner before each commit; `cam_role_name` in the module.

## Validate
On the machine: `curl -s http://metadata.tencentyun.com/latest/user-data` shows no secret.

## Bad
```hcl
resource "tencentcloud_instance" "web" {
  instance_name = "web"
  user_data_raw = "export TENCENTCLOUD_SECRET_KEY=q8Zr2Lw7Xb1Nc5Vd9Ks3" # finding
}
```

## Good
```hcl
resource "tencentcloud_instance" "web" {
  instance_name = "web"
  cam_role_name = "web"
  user_data_raw = "tccli cos ListBuckets"
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.secret import conceal
from auditor.views.user_data import Script

_OWN_KEY = re.compile(r"TENCENTCLOUD_SECRET_(?:ID|KEY)\s*=\s*[\"']?[^\s\"'$]{8,}")
_PATHS = ("user_data", "user_data_raw")


@rule(target="tencentcloud_instance", severity=Severity.HIGH, confidence=Confidence.LIKELY, aliases="CKV_TC_13")
def check(instance: Node) -> Iterator[Fail]:
    for path in _PATHS:
        node = instance.at(path)
        if node.missing:
            continue
        script = Script(node)
        if _OWN_KEY.search(script.text) or script.secret_line or script.access_key_line:
            yield Fail(conceal(node), "the user data seem to hold a secret", expected="a CAM role", secret=True)
