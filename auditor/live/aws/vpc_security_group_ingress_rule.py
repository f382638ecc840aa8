"""The ingress rules of security groups, one resource each."""

from auditor.live.aws._group_rules import EXPECTED, example, rules

SPEC = rules("aws_vpc_security_group_ingress_rule", egress=False)
EXAMPLE = example(egress=False)
EXPECT = EXPECTED
