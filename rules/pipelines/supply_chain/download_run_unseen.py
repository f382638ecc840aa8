"""A script runs what it downloads without a look at it.

## Why it matters
What the server sends is run at once with the job's credentials: after a break-in there, a lapsed domain or a cut connection it is
something else, or a half of it.

## Five whys
1. Why did foreign code run in the pipeline? A download was run unseen.
2. Why? The script pipes it into a shell.
3. Why is it not checked? There is no hash to compare with, or nobody wrote it down.
4. Why was it written so? The tool's page shows this line.
5. Why is it not noticed? The server sends what it always sent, until it does not.

## Fix now
Download a release of a named version, compare its hash (`echo "HASH  FILE" | sha256sum -c`), then run it; or install the tool from a
package manager or an image.

## Workaround
Download from an address that names a commit.

## Prevent
Put tools into the image that the job runs in.

## Validate
With a wrong hash the job stops before anything runs.

## Bad
```gitlab
install:
  script:
    - curl -fsSL https://get.example.org/install.sh | bash # finding
    - bash <(curl -s https://get.example.org/other.sh) # finding
```

## Good
```gitlab
install:
  script:
    - curl -fsSLO https://get.example.org/tool-1.4.2.sh
    - echo "$TOOL_HASH  tool-1.4.2.sh" | sha256sum -c
    - bash tool-1.4.2.sh
    - curl -s https://api.example.org/state | python -m json.tool
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS
from auditor.views.pipeline.downloads import Fetched, fetched


@rule(target=KINDS, each=fetched, severity=Severity.LOW, confidence=Confidence.FIRM)
def check(found: Fetched) -> Iterator[Fail]:
    yield Fail(found.where, f"what {found.address or 'a server'} sends is run unseen", "a named version, compared with its hash")
