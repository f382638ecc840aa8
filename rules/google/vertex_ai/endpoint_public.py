"""A Vertex AI endpoint answers on the public API.

## Why it matters
Whoever holds a token with `aiplatform.endpoints.predict` may ask the model from anywhere in the world: enough to copy its behaviour by
questions, or to run up the bill.

## Five whys
1. Why could the model be copied by somebody outside? They asked it a million questions.
2. Why from outside? The endpoint is served on the public API, where IAM alone decides.
3. Why? No network was named when it was made.

## Fix now
Create it with `--network=projects/NUMBER/global/networks/NETWORK` (needs a private services connection), or with Private Service Connect,
deploy the model there and switch the callers.

## Workaround
A VPC Service Controls perimeter around the project, which refuses tokens from outside.

## Prevent
`private_service_connect_config` in the endpoint module; a quota on predictions per caller.

## Validate
`gcloud ai endpoints describe ENDPOINT --region=REGION --format="value(network,privateServiceConnectConfig)"` is not empty.

## Bad
```hcl
resource "google_vertex_ai_endpoint" "score" { # finding
  name         = "score"
  display_name = "score"
  location     = "europe-west1"
}
```

## Good
```hcl
resource "google_vertex_ai_endpoint" "score" {
  name         = "score"
  display_name = "score"
  location     = "europe-west1"
  network      = "projects/123456789012/global/networks/main"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="google_vertex_ai_endpoint", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV2_GCP_33")
def check(endpoint: Node) -> Iterator[Fail]:
    network, connect = endpoint.at("network"), endpoint.at("private_service_connect_config")
    if (network.unknown and network.refs) or (network.present and network.data != ""):
        return
    if connect.present and connect.at("enable_private_service_connect").flag is True:
        return
    yield Fail(network, "predictions are asked for over Google's public API", expected="network, or private_service_connect_config")
