"""A vector index is served outside of your network.

## Why it matters
Embeddings give back much of the texts and pictures that they were made from. An index on the internet lets whoever has a token walk
through them from anywhere.

## Five whys
1. Why could the documents be reconstructed from outside? Their vectors were asked for.
2. Why from outside? The index endpoint is public.
3. Why? Only public endpoints work without a peering, and the peering was missing.

## Fix now
Create an endpoint with `network` or `private_service_connect_config`, deploy the index there (`gcloud ai index-endpoints deploy-index`),
switch the callers, undeploy it from the old one.

## Workaround
A VPC Service Controls perimeter, and `roles/aiplatform.user` for the one calling account only.

## Prevent
Private Service Connect in the module; access levels for the few who query from outside.

## Validate
`gcloud ai index-endpoints describe ID --region=REGION --format="value(publicEndpointEnabled)"` prints nothing or False.

## Bad
```hcl
resource "google_vertex_ai_index_endpoint" "docs" {
  display_name            = "docs"
  region                  = "europe-west1"
  public_endpoint_enabled = true # finding
}
```

## Good
```hcl
resource "google_vertex_ai_index_endpoint" "docs" {
  display_name = "docs"
  region       = "europe-west1"
  network      = "projects/123456789012/global/networks/main"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="google_vertex_ai_index_endpoint", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV2_GCP_34")
def check(endpoint: Node) -> Iterator[Fail]:
    public = endpoint.at("public_endpoint_enabled")
    if public.present and public.flag is True:
        yield Fail(public, "the vector index is served on the internet", expected="false, and a network")
        return
    network, connect = endpoint.at("network"), endpoint.at("private_service_connect_config")
    private = (network.unknown and network.refs) or (network.present and network.data != "")
    if not private and connect.missing:
        yield Fail(network, "the vector index is not bound to a network", expected="network, or private_service_connect_config")
