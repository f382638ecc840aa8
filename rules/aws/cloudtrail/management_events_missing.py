"""A trail records no management events.

## Why it matters
Management events are the calls that change the account: new users, keys, roles, security groups, stopped trails. A trail without them
has data reads, perhaps, but not who opened the door.

## Five whys
1. Why does the log not say who created the user? It holds data events only.
2. Why? The trail's selectors leave management events out.
3. Why? They were written for S3 objects, and the other half was expected of another trail.

## Fix now
Set `include_management_events = true`, or add an `advanced_event_selector` with `eventCategory` equals `Management`. `aws cloudtrail
put-event-selectors --trail-name T …` replaces all selectors, so name the old ones too.

## Workaround
`aws cloudtrail lookup-events` for the last 90 days, region by region.

## Prevent
One organisation trail for management events; separate trails for data.

## Validate
`aws cloudtrail get-event-selectors --trail-name T` shows management events.

## Bad
```hcl
resource "aws_cloudtrail" "objects" {
  name           = "objects"
  s3_bucket_name = "trail-4711"

  event_selector {
    include_management_events = false # finding
  }
}

resource "aws_cloudtrail" "reads" {
  name           = "reads"
  s3_bucket_name = "trail-4711"

  advanced_event_selector { # finding
    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }
  }
}
```

## Good
```hcl
resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "trail-4711"

  event_selector {
    include_management_events = true
    read_write_type           = "All"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(target="aws_cloudtrail", severity=Severity.HIGH, aliases="FG_R00237")
def check(trail: Node) -> Iterator[Fail]:
    plain, advanced = trail.at("event_selector"), trail.at("advanced_event_selector")
    if advanced.present:
        fields = list(advanced.each("field_selector"))
        kinds = [value for field in fields if field.at("field").text == "eventCategory" for value in field.each("equals")]
        if not any(kind.text == "Management" for kind in kinds):
            yield Fail(advanced, "the trail records no management events", expected="a selector with eventCategory Management")
        return
    for included in plain.each("include_management_events"):
        if included.flag is False:
            yield Fail(included, "the trail records no management events", expected="true")
