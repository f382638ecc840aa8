"""A file of the control plane on a node does not belong to root.

## Why it matters
Its owner may change the mode and the contents, whatever the mode says now: of a static pod manifest, that is root on the
node; of a kubeconfig or key, the cluster. The data of etcd may belong to its own user.

## Five whys
1. Why could the deploy user start a privileged pod past the API server? It owned a static pod manifest.
2. Why? The file was copied with `scp` as that user.
3. Why? Nobody logs in as root, and `sudo install` was one step more.

## Fix now
`chown root:root FILE` for each that the finding names (`chown -R etcd:etcd /var/lib/etcd` where etcd has a user).

## Workaround
Remove the login of the user that owns it until it is done.

## Prevent
`install -o root -g root -m 600` in scripts, the owner in the configuration management.

## Validate
`find /etc/kubernetes ! -user root` prints nothing.

## Bad
```yaml
apiVersion: v1
kind: NodeInfo
type: worker
metadata: {name: node-1}
info:
  kubeletConfFileOwnership:
    values: ["deploy:deploy"] # finding
```

## Good
```yaml
apiVersion: v1
kind: NodeInfo
type: master
metadata: {name: node-1}
info:
  kubeletConfFileOwnership: {values: ["root:root"]}
  etcdDataDirectoryOwnership: {values: ["etcd:etcd"]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(
    target="NodeInfo Nodeinfo",
    severity=Severity.MEDIUM,
    aliases=(
        "KCV-0049 AVD-KCV-0049 KCV-0051 AVD-KCV-0051 KCV-0053 AVD-KCV-0053 KCV-0055 AVD-KCV-0055 KCV-0057 "
        "AVD-KCV-0057 KCV-0059 AVD-KCV-0059 KCV-0061 AVD-KCV-0061 KCV-0063 AVD-KCV-0063 KCV-0065 AVD-KCV-0065 "
        "KCV-0066 AVD-KCV-0066 KCV-0070 AVD-KCV-0070 KCV-0072 AVD-KCV-0072 KCV-0074 AVD-KCV-0074 KCV-0076 "
        "AVD-KCV-0076 KCV-0078 AVD-KCV-0078"
    ),
)
def check(body: Node) -> Iterator[Fail]:
    for key, entry in body.at("info").entries():
        if not key.endswith("Ownership"):
            continue
        allowed = ("root:root", "etcd:etcd") if key.startswith("etcdData") else ("root:root",)
        for value in entry.each("values") if not entry.at("values").missing else entry.each():
            if value.text and value.text not in allowed:
                yield Fail(value, f"{key} is {value.text}", expected=" or ".join(allowed))
                break
