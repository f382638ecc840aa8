"""A WAF rule has no action.

## Why it matters
AWS refuses a rule without an action in newer versions, and in old ones it does nothing: a rule in the list that everybody counts on.

## Five whys
1. Why was the address not blocked? The rule that names it does nothing.
2. Why not? It has no action.
3. Why not? `action` is for rules and `override_action` for groups, and the block was left out when the rule was copied.

## Fix now
Add `action { block {} }` (`override_action { none {} }` for a rule with a group), and apply: it acts within a minute.

## Workaround
Block the source in a rule of its own, or in the network ACL of the load balancer's subnets.

## Prevent
Build rules from a typed variable in a module, with the action as a required field.

## Validate
`aws wafv2 get-web-acl … --query 'WebACL.Rules[].[Name,Action,OverrideAction]'` shows one of the two for each.

## Bad
```hcl
resource "aws_wafv2_web_acl" "site" {
  name  = "site"
  scope = "REGIONAL"

  rule { # finding
    name     = "rate"
    priority = 1

    statement {
      rate_based_statement {
        limit = 2000
      }
    }
  }
}
```

## Good
```hcl
resource "aws_wafv2_web_acl" "site" {
  name  = "site"
  scope = "REGIONAL"

  rule {
    name     = "rate"
    priority = 1

    action {
      block {}
    }

    statement {
      rate_based_statement {
        limit = 2000
      }
    }
  }

  rule {
    name     = "common"
    priority = 2

    override_action {
      none {}
    }

    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesCommonRuleSet"
        vendor_name = "AWS"
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule

CLASSIC = "aws_waf_web_acl aws_waf_rule_group aws_wafregional_web_acl aws_wafregional_rule_group"


def acl_rules(resource: Resource, graph: Graph) -> Iterator[Node]:
    for name in ("rule", "rules", "activated_rule"):
        yield from resource.each(name)


@rule(
    target=f"aws_wafv2_web_acl aws_wafv2_rule_group {CLASSIC}",
    each=acl_rules,
    severity=Severity.MEDIUM,
    aliases="CKV_AWS_342",
)
def check(table: Node, resource: Resource) -> Iterator[Fail]:
    if resource.kind.startswith("aws_wafv2_"):
        statement = table.at("statement")
        if statement.at("managed_rule_group_statement").present or statement.at("rule_group_reference_statement").present:
            return  # the rules inside of a group have actions of their own
        acts = any(table.at(name).present and any(True for _ in _actions(table.at(name))) for name in ("action", "override_action"))
    else:
        acts = any(table.at(f"{name}.type").text for name in ("action", "override_action"))
    if not acts:
        yield Fail(table, "the rule has no action", expected="action")


def _actions(block: Node) -> Iterator[str]:
    """The actions in a block: `block`, `allow`, `count` ..."""
    for name, action in block.at("[0]").entries():
        if action.unknown or action.present:
            yield name
