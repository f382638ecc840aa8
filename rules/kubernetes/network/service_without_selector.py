"""A Service has neither a selector nor endpoints.

## Why it matters
Without a selector Kubernetes fills in no endpoints: somebody must write an EndpointSlice (or the old Endpoints) of that name. Where nobody
does, the Service has an address behind which there is nothing, and clients get `connection refused`.

## Five whys
1. Why does the name `legacy-db` refuse connections? Its Service has no endpoints.
2. Why not? It has no selector, and no EndpointSlice belongs to it.
3. Why was it made so? The addresses were to be entered by hand later, or the selector was lost in a copy.

## Fix now
Write the selector; or, for something outside the cluster, an EndpointSlice with the label `kubernetes.io/service-name: NAME`, or
`type: ExternalName` for a name in DNS.

## Workaround
Let the clients use the address itself until the Service is complete.

## Prevent
Keep the Service and its EndpointSlice in one file. Operators that fill Services themselves are the usual exception: suppress there.

## Validate
`kubectl get endpointslices -l kubernetes.io/service-name=legacy-db` prints addresses.

## Bad
```yaml
apiVersion: v1
kind: Service
metadata: {name: legacy-db}
spec:
  ports: [{port: 5432}] # finding
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: other-1, labels: {kubernetes.io/service-name: other}}
addressType: IPv4
ports: [{port: 5432}]
endpoints: [{addresses: [10.1.2.3]}]
```

## Good
Where no endpoints are written at all, whoever fills the Service works elsewhere.

```yaml
apiVersion: v1
kind: Service
metadata: {name: legacy-db}
spec: {ports: [{port: 5432}]}
---
apiVersion: v1
kind: Service
metadata: {name: mail}
spec: {type: ExternalName, externalName: mail.example.org}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: legacy-db-1, labels: {kubernetes.io/service-name: legacy-db}}
addressType: IPv4
ports: [{port: 5432}]
endpoints: [{addresses: [10.1.2.3]}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.kubernetes.endpoints import endpoints_of
from auditor.views.kubernetes.service import is_service, selector_of, service_type


@rule(target="Service", severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not is_service(resource) or service_type(resource) == "ExternalName" or selector_of(resource) is not None:
        return
    if endpoints_of(resource, graph).decided(resource).missing:
        yield Fail(resource.at("spec"), "the Service has no selector, and no EndpointSlice is written for it", "a selector or endpoints")
