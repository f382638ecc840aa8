"""A script does not check who answers.

## Why it matters
Without a check of certificates or host keys anybody on the way can answer in the server's place, read the credentials that are sent, and
hand out other files or another cluster's answers.

## Five whys
1. Why did somebody get the deployment's key? It was sent to a machine that only seemed to be the server.
2. Why was that not noticed? The check of its certificate or key is switched off.
3. Why? The server's certificate was not known to the runner.
4. Why was it not made known? Switching the check off is one word.
5. Why does it stay? It works, with every server.

## Fix now
Give the tool the right certificate (`--cacert`, `--certificate-authority`, the runner's trust store), for SSH the host's key in
`known_hosts`.

## Workaround
For SSH `StrictHostKeyChecking=accept-new` with a `known_hosts` that is kept.

## Prevent
Put the own authority's certificate into the image of the runner.

## Validate
Against a server with another certificate the script fails.

## Bad
```gitlab
deploy:
  script:
    - kubectl --insecure-skip-tls-verify apply -f app.yaml # finding
    - curl -k https://api.example.org/deploy # finding
    - ssh -o StrictHostKeyChecking=no deploy@example.org ./restart # finding
```

## Good
```gitlab
deploy:
  script:
    - kubectl apply -f app.yaml
    - curl -k https://localhost:8443/health
    - ssh -o StrictHostKeyChecking=accept-new deploy@example.org ./restart
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS
from auditor.views.pipeline.safety import Unchecked, unchecked


@rule(target=KINDS, each=unchecked, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(found: Unchecked) -> Iterator[Fail]:
    yield Fail(found.where, f"{found.text} switches the check of the other side off", "its certificate or key")
