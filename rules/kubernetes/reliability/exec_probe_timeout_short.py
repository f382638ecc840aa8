"""A probe starts a command and gives it the default of one second.

## Why it matters
Starting a process inside a container takes 50 to 500 ms on a quiet node and seconds on a busy one; a command such as `pg_isready` or
`rabbitmq-diagnostics` adds its own start. Since version 1.20 the timeout holds, so probes fail exactly when the node is under load.

## Five whys
1. Why were the brokers restarted at peak time? Their liveness probes failed.
2. Why? The command took 1.4 s, and it may take 1 s.
3. Why 1 s? Nothing is written, and that is the default.
4. Why had it worked for years? Before 1.20 the timeout of commands was not enforced.

## Fix now
`kubectl patch statefulset NAME --type=json -p
'[{"op":"add","path":"/spec/template/spec/containers/0/livenessProbe/timeoutSeconds","value":10}]'`.

## Workaround
Ask with `tcpSocket` or `grpc`, which start no process.

## Prevent
Every `exec` probe has a `timeoutSeconds` that was measured: `kubectl exec POD -- sh -c 'time COMMAND'` on a busy node, times three.

## Validate
`kubectl get events --field-selector reason=Unhealthy` has no "timed out" for the pod during the next peak.

## Bad
```yaml
apiVersion: v1
kind: Pod
metadata: {name: broker}
spec:
  containers:
    - name: broker
      image: rabbitmq:3.13
      livenessProbe:
        exec: {command: [rabbitmq-diagnostics, -q, ping]} # finding
        periodSeconds: 30
```

## Good
```yaml
apiVersion: v1
kind: Pod
metadata: {name: broker}
spec:
  containers:
    - name: broker
      image: rabbitmq:3.13
      livenessProbe: {exec: {command: [rabbitmq-diagnostics, -q, ping]}, timeoutSeconds: 20, periodSeconds: 30}
      readinessProbe: {tcpSocket: {port: 5672}}
      startupProbe: {exec: {command: [test, -f, /tmp/up]}}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.workload import KINDS

CHEAP = frozenset({"cat", "test", "[", "ls", "stat", "true", "/bin/true", "/bin/cat", "touch"})
"""Commands that answer at once."""


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    symptoms=["probe (failed|errored).*timed out", "command .* timed out"],
)
def check(container: Container) -> Iterator[Fail]:
    for probe in container.probes:
        first = probe.where.at("exec.command[0]")
        if first.present and first.text not in CHEAP and probe.where.at("timeoutSeconds").missing:
            yield Fail(
                probe.where,
                f"the command of the {probe.kind} probe may take 1 s, the default",
                expected="a timeoutSeconds that was measured",
            )
