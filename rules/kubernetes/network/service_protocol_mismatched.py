"""A Service leads to a port over another protocol than its pods listen with.

## Why it matters
`protocol` is TCP wherever it is left out. A Service that says TCP for a port on which the pods listen with UDP (DNS, syslog, statsd, QUIC)
forwards packets that nobody reads: UDP senders see no error at all, TCP clients get `connection refused`.

## Five whys
1. Why do no metrics arrive? The agent sends UDP to the Service, which has no UDP port.
2. Why not? The port of the Service does not say `protocol: UDP`.
3. Why did the container's port say it and the Service's not? They are two lists, and the default is TCP in both.

## Fix now
Write `protocol: UDP` on the port of the Service; where both protocols are needed on one number, write two ports with two names.

## Workaround
Send to the pods themselves (a headless Service, or the node's `hostPort`) until the Service is changed.

## Prevent
Write `protocol` on every port that is not TCP, on both sides, in the same change.

## Validate
`kubectl get service syslog -o jsonpath='{.spec.ports[*].protocol}'` prints `UDP`, and a packet sent to the Service appears in the log of
the application.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: syslog}
spec:
  selector: {app: syslog}
  ports: # the protocol of a port is TCP when it does not say another
    - port: 514 # finding
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: syslog}
spec:
  selector: {matchLabels: {app: syslog}}
  template:
    metadata: {labels: {app: syslog}}
    spec:
      containers:
        - name: syslog
          image: shop/syslog:3.1.0
          ports: [{containerPort: 514, protocol: UDP}]
```

## Good
```yaml
apiVersion: v1
kind: Service
metadata: {name: dns}
spec:
  selector: {app: dns}
  ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: dns}
spec:
  selector: {matchLabels: {app: dns}}
  template:
    metadata: {labels: {app: dns}}
    spec:
      containers:
        - name: dns
          image: shop/dns:1.11.1
          ports: [{containerPort: 53, protocol: UDP}, {containerPort: 53, protocol: TCP}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.service import all_pods_behind, declared, is_headless, ports_of


@rule(target="Service", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if is_headless(resource):
        return
    pods = all_pods_behind(resource, graph)
    for port in ports_of(resource) if pods else ():
        theirs = {own.protocol for pod in pods for _, own in declared(pod, port)}
        if not theirs or port.protocol in theirs:
            continue
        written = port.where.at("protocol")
        where = written if written.present else port.where.at("port")
        words = " and ".join(sorted(theirs))
        yield Fail(where, f"the Service speaks {port.protocol} here, and the pods declare the port for {words}", words, port.protocol)
