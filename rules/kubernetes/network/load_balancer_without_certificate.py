"""A load balancer on port 443 has no certificate of its own on AWS.

## Why it matters
Without `service.beta.kubernetes.io/aws-load-balancer-ssl-cert` the balancer of AWS passes port 443 through. That is right when the pods
terminate TLS; when they do not, clients speak plain HTTP on 443, or get `wrong version number`.

## Five whys
1. Why do clients report `wrong version number`? The pod answers port 443 in plain HTTP.
2. Who should have terminated TLS? The load balancer, which has no certificate.
3. Why not? The annotation was left out, and the port alone says nothing.

## Fix now
Add the annotation with the certificate's ARN and `service.beta.kubernetes.io/aws-load-balancer-ssl-ports: "443"`; or let the pods
terminate TLS and suppress this with that reason.

## Workaround
Put an Ingress with TLS in front.

## Prevent
One Gateway or ingress controller for all hosts, with certificates by cert-manager or ACM.

## Validate
`openssl s_client -connect ADDRESS:443 </dev/null | openssl x509 -noout -subject` names the host.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: LoadBalancer # finding
  selector: {app: web}
  ports: [{port: 443, targetPort: 8080}]
```

## Good
```yaml
apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-ssl-cert: arn:aws:acm:eu-west-1:111122223333:certificate/0
spec:
  type: LoadBalancer
  selector: {app: web}
  ports: [{port: 443, targetPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: plain}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.service import is_service, ports_of, service_type


@rule(
    target="Service",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="kubescape:ensure-https-loadbalancers-encrypted-with-tls-aws",
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if not is_service(resource) or service_type(resource) != "LoadBalancer" or all(port.number != 443 for port in ports_of(resource)):
        return
    prefix = "service.beta.kubernetes.io/aws-load-balancer-ssl-cert"
    if not any(key.startswith(prefix) for key, _ in body.at("metadata.annotations").entries()):
        yield Fail(body.at("spec.type"), "no annotation gives the load balancer a certificate for port 443", prefix)
