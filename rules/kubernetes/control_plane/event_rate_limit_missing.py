"""Nothing limits how many events a client can write.

## Why it matters
A pod that crashes in a loop, or a controller gone wild, writes thousands of events a second. They all go through etcd: the
database grows to its quota, and then every write to the cluster fails with `mvcc: database space exceeded`.

## Five whys
1. Why was the cluster read-only? etcd had reached its space quota.
2. Why? One broken operator had written four million events in a night.
3. Why did nothing stop it? The admission plugin EventRateLimit is off by default.
4. Why is it off? It needs a configuration file with limits, which nobody has chosen.

## Fix now
Add `EventRateLimit` to `--enable-admission-plugins`, and name limits in the file of `--admission-control-config-file`: for
example `{type: Namespace, qps: 50, burst: 100}` and `{type: SourceAndObject, qps: 10, burst: 20}`.

## Workaround
Shorten what events cost: `--event-ttl=15m`, or a separate etcd for them (`--etcd-servers-overrides=/events#https://...`).

## Prevent
Alert on `apiserver_storage_objects{resource="events"}` and on the size of the database.

## Validate
Write 500 events in a namespace in one go; the server answers some with 429, and
`apiserver_admission_controller_admission_duration_seconds` lists the plugin.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --enable-admission-plugins=NodeRestriction # finding
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --enable-admission-plugins=NodeRestriction,EventRateLimit
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.kubernetes import component


@rule(
    target=component.KINDS,
    each=component.api_servers,
    severity=Severity.INFO,
    aliases="KCV-0010 AVD-KCV-0010 ensure-that-the-admission-control-plugin-EventRateLimit-is-set CIS-1.2.9",
)
def check(server: component.Component) -> Iterator[Fail]:
    plugins = server.flag("enable-admission-plugins")
    if plugins is None or "EventRateLimit" not in plugins.values:
        yield Fail(
            server.place("enable-admission-plugins"),
            "nothing limits the rate of events",
            expected="EventRateLimit among --enable-admission-plugins",
            actual=server.shown("enable-admission-plugins"),
        )
