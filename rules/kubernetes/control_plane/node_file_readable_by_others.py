"""A file of the control plane on a node can be read or written by others.

## Why it matters
Static pod manifests start as root whatever is written into them, kubeconfigs and keys are logins to the cluster. A file that
the group or everybody may read gives them away to any process of the node that breaks out or was never confined; one that may
be written is root on the node.

## Five whys
1. Why did a monitoring agent's hole become cluster-admin? The agent's user could read `admin.conf`.
2. Why? Its mode is 644.
3. Why? A script copied it with the umask of the shell.

## Fix now
On the node: `chmod 600 /etc/kubernetes/*.conf /etc/kubernetes/manifests/*.yaml /etc/kubernetes/pki/*.key`, `chmod 700
/var/lib/etcd`. The programs run as root and notice nothing. Keys that were open for long: renew them (`kubeadm certs renew
all`).

## Workaround
Take other users and agents off the control plane nodes.

## Prevent
Set the modes in the image or the configuration management, and collect them regularly (node-collector, CIS scan).

## Validate
`stat -c '%a %n' /etc/kubernetes/*.conf /etc/kubernetes/manifests/* /etc/kubernetes/pki/*` shows 600 throughout.

## Bad
```yaml
apiVersion: v1
kind: NodeInfo
type: master
metadata: {name: node-1}
info:
  adminConfFilePermissions:
    values: [644] # finding
  kubeAPIServerSpecFilePermission:
    values: [577] # finding
  etcdDataDirectoryPermissions:
    values:
      - 700
      - 755 # finding
```

## Good
```yaml
apiVersion: v1
kind: NodeInfo
type: master
metadata: {name: node-1}
info:
  adminConfFilePermissions: {values: [600]}
  kubeAPIServerSpecFilePermission: {values: [400]}
  etcdDataDirectoryPermissions: {values: [700]}
  kubeletConfFilePermissions: {values: []}
  schedulerConfFilePermissions: [600]
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

_KEY = re.compile(r"Permissions?$")


@rule(
    target="NodeInfo Nodeinfo",
    severity=Severity.MEDIUM,
    aliases=(
        "KCV-0048 AVD-KCV-0048 KCV-0050 AVD-KCV-0050 KCV-0052 AVD-KCV-0052 KCV-0054 AVD-KCV-0054 KCV-0056 "
        "AVD-KCV-0056 KCV-0058 AVD-KCV-0058 KCV-0060 AVD-KCV-0060 KCV-0062 AVD-KCV-0062 KCV-0064 AVD-KCV-0064 "
        "KCV-0067 AVD-KCV-0067 KCV-0068 AVD-KCV-0068 KCV-0069 AVD-KCV-0069 KCV-0071 AVD-KCV-0071 KCV-0073 "
        "AVD-KCV-0073 KCV-0075 AVD-KCV-0075 KCV-0077 AVD-KCV-0077"
    ),
)
def check(body: Node) -> Iterator[Fail]:
    for key, entry in body.at("info").entries():
        if not _KEY.search(key):
            continue
        allowed = 0o700 if "Directory" in key else 0o600
        for value in entry.each("values") if not entry.at("values").missing else entry.each():
            text = value.text or ""
            if re.fullmatch(r"[0-7]{3,4}", text) and int(text, 8) & ~allowed:
                yield Fail(value, f"{key} is {text}", expected=f"{allowed:o} or less")
                break
