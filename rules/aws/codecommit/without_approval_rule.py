"""Pull requests of a repository need nobody's approval.

## Why it matters
Whoever may push a branch may also merge it. What the pipeline deploys is then decided by one account.

## Five whys
1. Why was the change in production unreviewed? The repository asks for no approval.
2. Why? No approval rule template is associated with it.

## Fix now
`aws codecommit associate-approval-rule-template-with-repository --repository-name R --approval-rule-template-name T`; it holds for new
pull requests. Deny direct pushes to main by a policy with `codecommit:References`.

## Workaround
A rule on each open pull request by hand: `create-pull-request-approval-rule`.

## Prevent
The association in the module for repositories.

## Validate
`aws codecommit list-associated-approval-rule-templates-for-repository --repository-name R`.

## Bad
```hcl
resource "aws_codecommit_repository" "shop" { # finding
  repository_name = "shop"
}
```

## Good
```hcl
resource "aws_codecommit_repository" "shop" {
  repository_name = "shop"
}

resource "aws_codecommit_approval_rule_template_association" "shop" {
  repository_name             = aws_codecommit_repository.shop.repository_name
  approval_rule_template_name = "main"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(target="aws_codecommit_repository", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV2_AWS_37")
def check(repository: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    associated = graph.attached(resource, "repository_name", "aws_codecommit_approval_rule_template_association")
    if not associated and not _named(resource, graph):
        yield Fail(repository, "pull requests need nobody's approval", expected="an approval rule template association")


def _named(resource: Resource, graph: Graph) -> bool:
    name = resource.at("repository_name").data
    kind = "aws_codecommit_approval_rule_template_association"
    return isinstance(name, str) and any(it.at("repository_name").data == name for it in graph.of(kind))
