"""The liveness probe gives a slow starter less than 30 seconds to start.

## Why it matters
A Java process on half a core needs 30 to 90 seconds before it listens. The liveness probe kills it before that, the next start is as
slow, and the pod is in CrashLoopBackOff: often only on the day when the nodes are busy, when everything starts at once.

## Five whys
1. Why did no pod come up after the node failure? Each was killed while it started.
2. Why? Its liveness probe failed three times before the application listened.
3. Why had that worked before? On an idle node the start takes 20 seconds; with all pods starting at once it takes 70.
4. Why is liveness asked during the start? There is no startup probe, and `initialDelaySeconds` is a guess.

## Fix now
Give it time: `kubectl patch deploy NAME --type=json -p
'[{"op":"add","path":"/spec/template/spec/containers/0/livenessProbe/initialDelaySeconds","value":180}]'`.

## Workaround
Raise the CPU limit during the incident; the start of a virtual machine is bound by CPU.

## Prevent
A `startupProbe` with the same handler and `failureThreshold: 30`: until it has succeeded, liveness is not asked.

## Validate
`kubectl get pods` after `kubectl rollout restart deploy/NAME` shows 0 restarts, also with `stress` on the node.

## Bad
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: search}
spec:
  selector: {matchLabels: {app: search}}
  template:
    metadata: {labels: {app: search}}
    spec:
      containers:
        - name: search
          image: docker.io/library/elasticsearch:8.15.1
          livenessProbe:
            tcpSocket: {port: 9200} # finding
            periodSeconds: 5
```

## Good
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: search}
spec:
  selector: {matchLabels: {app: search}}
  template:
    metadata: {labels: {app: search}}
    spec:
      containers:
        - name: search
          image: docker.io/library/elasticsearch:8.15.1
          startupProbe: {tcpSocket: {port: 9200}, failureThreshold: 30}
          livenessProbe: {tcpSocket: {port: 9200}, periodSeconds: 5}
        - name: jvm
          image: eclipse-temurin:21
          livenessProbe: {tcpSocket: {port: 8080}, initialDelaySeconds: 120}
        - name: go
          image: shop/small:1.0.0
          livenessProbe: {tcpSocket: {port: 8080}, periodSeconds: 2}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import running_containers
from auditor.views.kubernetes.workload import KINDS

ENOUGH = 30
"""Seconds within which many virtual machines are not up yet."""

SLOW = frozenset(
    {
        *(
            "openjdk",
            "eclipse-temurin",
            "amazoncorretto",
            "ibmjava",
            "tomcat",
            "jetty",
            "wildfly",
            "keycloak",
            "jenkins",
            "sonarqube",
            "nexus3",
        ),
        *("elasticsearch", "opensearch", "logstash", "kafka", "cassandra", "solr", "neo4j", "zookeeper", "cp-kafka", "activemq", "artemis"),
    }
)
"""Last parts of the names of images that start a Java virtual machine."""


@rule(
    target=KINDS,
    each=running_containers,
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    symptoms=["failed liveness probe, will be restarted", "Back-off restarting failed container"],
)
def check(container: Container) -> Iterator[Fail]:
    liveness = container.probe("liveness")
    if liveness is None or container.where.at("startupProbe").present or not _is_slow(container):
        return
    window = liveness.window
    if window < ENOUGH:
        message = (
            f"{container.image.repository if container.image else 'it'} is killed when it does not answer {window:g} s after its start"
        )
        yield Fail(liveness.where, message, expected="a startupProbe")


def _is_slow(container: Container) -> bool:
    if container.image is not None and container.image.repository.rpartition("/")[2] in SLOW:
        return True
    return (container.where.at("command[0]").text or "").rpartition("/")[2] == "java"
