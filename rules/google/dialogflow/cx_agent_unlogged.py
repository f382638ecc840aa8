"""A Dialogflow CX agent writes nothing to Cloud Logging.

## Why it matters
A flow that ends in the wrong page, a webhook that times out, an input that breaks the agent: all of them show in the log only. Without it
one tests by hand and guesses.

## Five whys
1. Why does the agent hang up on some callers? It cannot be seen.
2. Why not? It does not log its turns.
3. Why? Logging to Cloud Logging is a setting of the agent, and off.

## Fix now
Set `advanced_settings { logging_settings { enable_stackdriver_logging = true } }` (older providers: `enable_stackdriver_logging = true`)
and apply; it works for the next conversation.

## Workaround
Conversation history in the Dialogflow console (`enable_interaction_logging`) for a test phase.

## Prevent
The block in the module for agents; redaction by a Security Settings resource with a DLP template.

## Validate
`gcloud logging read 'logName:"dialogflow-runtime.googleapis.com%2Frequests"' --limit=1` prints a turn.

## Bad
```hcl
resource "google_dialogflow_cx_agent" "support" {
  display_name               = "support"
  location                   = "global"
  enable_stackdriver_logging = false # finding
}
```

## Good
```hcl
resource "google_dialogflow_cx_agent" "support" {
  display_name               = "support"
  location                   = "global"
  enable_stackdriver_logging = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(target="google_dialogflow_cx_agent", severity=Severity.LOW, aliases="CKV2_GCP_30")
def check(agent: Node) -> Iterator[Fail]:
    old = agent.at("enable_stackdriver_logging")
    new = agent.at("advanced_settings.logging_settings.enable_stackdriver_logging")
    if any(node.present and node.flag is True for node in (old, new)):
        return
    yield Fail(old, "conversations of the agent are not recorded", expected="enable_stackdriver_logging = true")
