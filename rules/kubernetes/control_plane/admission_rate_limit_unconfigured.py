"""The configuration of admission plugins limits no events.

## Why it matters
The plugin EventRateLimit has no limits of its own: it takes them from the file of `--admission-control-config-file`. Without
an entry there nothing protects etcd from a flood of events, and a server that enables the plugin without it does not start.

## Five whys
1. Why did etcd fill up with events? Nothing limited them.
2. Why not? The AdmissionConfiguration has no entry for EventRateLimit.

## Fix now
Add `{name: EventRateLimit, configuration: {apiVersion: eventratelimit.admission.k8s.io/v1alpha1, kind: Configuration, limits:
[{type: Server, qps: 5000, burst: 20000}]}}`, and the plugin to `--enable-admission-plugins`.

## Workaround
`--event-ttl=15m` on the API server lets events go sooner.

## Prevent
Keep file and flag in one place of the template: each is useless without the other.

## Validate
A client that writes 1,000 events in a second gets 429.

## Bad
```yaml
apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
  - name: PodSecurity # finding
    path: podsecurity.yaml
```

## Good
```yaml
apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
  - name: EventRateLimit
    path: limits.yaml
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(target="AdmissionConfiguration", severity=Severity.INFO, aliases="CKV_K8S_78")
def check(body: Node) -> Iterator[Fail]:
    if not any(plugin.at("name").text == "EventRateLimit" for plugin in body.each("plugins")):
        yield Fail(body.at("plugins"), "nothing limits the rate of events", expected="an entry for EventRateLimit", actual="no such entry")
