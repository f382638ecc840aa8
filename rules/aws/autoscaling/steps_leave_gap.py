"""The steps of a scaling policy leave a gap or overlap.

## Why it matters
AWS refuses steps that overlap or leave a hole, so the apply fails. Without a last step that is open at the far end there is a load
above which nothing happens at all.

## Five whys
1. Why did the group stop growing at the worst moment? The breach was larger than the last step.
2. Why did that matter? The last step has an upper bound, and nothing is said about what lies above.
3. Why? The steps were written from a table with fixed ranges.

## Fix now
Leave out the upper bound of the last step (the lower bound of the first, for a policy that scales in), and let each step begin where
the one before ends. To help at once: `aws autoscaling set-desired-capacity --auto-scaling-group-name NAME --desired-capacity N`.

## Workaround
A target tracking policy beside it covers every value; AWS takes the larger capacity of the two.

## Prevent
Use target tracking unless steps are really needed; generate the steps from one list of bounds.

## Validate
`aws autoscaling describe-policies --auto-scaling-group-name NAME --query 'ScalingPolicies[].StepAdjustments'`: each upper bound is the
next lower one, and one is missing at the end.

## Bad
```hcl
resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  policy_type            = "StepScaling"
  adjustment_type        = "ChangeInCapacity"
  autoscaling_group_name = "web"

  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = 0
    metric_interval_upper_bound = 10
  }

  step_adjustment { # finding
    scaling_adjustment          = 3
    metric_interval_lower_bound = 20
  }
}

resource "aws_autoscaling_policy" "bounded" {
  name                   = "bounded"
  policy_type            = "StepScaling"
  adjustment_type        = "ChangeInCapacity"
  autoscaling_group_name = "web"

  step_adjustment { # finding
    scaling_adjustment          = 1
    metric_interval_lower_bound = 0
    metric_interval_upper_bound = 10
  }
}
```

## Good
```hcl
resource "aws_autoscaling_policy" "out" {
  name                   = "out"
  policy_type            = "StepScaling"
  adjustment_type        = "ChangeInCapacity"
  autoscaling_group_name = "web"

  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = 0
    metric_interval_upper_bound = 10
  }

  step_adjustment {
    scaling_adjustment          = 3
    metric_interval_lower_bound = 10
  }
}
```
"""

from collections.abc import Iterator
from itertools import pairwise

from auditor.sdk import Fail, Node, Severity, Undecided, rule
from auditor.views.decide import length
from auditor.views.scaling.policy import POLICY, direction, policy_type

INFINITY = float("inf")


@rule(target=POLICY, severity=Severity.MEDIUM, symptoms=(r"[Ss]tep ?[Aa]djustment.*(gap|overlap)", r"(gap|overlap).*StepAdjustment"))
def check(policy: Node) -> Iterator[Fail]:
    if policy_type(policy) != "StepScaling" or not length(policy.at("step_adjustment")):
        return
    steps = sorted((_bounds(step) for step in policy.each("step_adjustment")), key=lambda step: step[:2])
    for (_, end, _), (start, _, step) in pairwise(steps):
        if end != start:
            words = "overlaps with the one before" if end > start else "leaves a gap"
            yield Fail(step, f"the step from {start:g} {words}, which ends at {end:g}", expected=f"a lower bound of {end:g}")
            return
    upwards = direction(policy)
    if upwards > 0 and steps[-1][1] != INFINITY:
        yield Fail(steps[-1][2], f"above {steps[-1][1]:g} over the threshold nothing happens", expected="no upper bound on the last step")
    elif upwards < 0 and steps[0][0] != -INFINITY:
        yield Fail(steps[0][2], f"below {steps[0][0]:g} under the threshold nothing happens", expected="no lower bound on the first step")


def _bounds(step: Node) -> tuple[float, float, Node]:
    if step.unknown:
        raise Undecided(step)
    lower, upper = step.at("metric_interval_lower_bound").number, step.at("metric_interval_upper_bound").number
    return (-INFINITY if lower is None else lower, INFINITY if upper is None else upper, step)
