"""The egress rules of security groups, one resource each."""

from auditor.live.aws._group_rules import EXPECTED, example, rules

SPEC = rules("aws_vpc_security_group_egress_rule", egress=True)
EXAMPLE = example(egress=True)
EXPECT = EXPECTED
