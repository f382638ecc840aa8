r"""An allowed image repository also allows others that begin alike.

## Why it matters
Gatekeeper compares with a prefix: `registry.example.com/team` also allows `registry.example.com/team-of-somebody-else`, and
`registry.example.com` also `registry.example.com.attacker.net`. The policy looks as if it held.

## Five whys
1. Why could an image of a stranger run? The policy allowed its repository.
2. Why? `ghcr.io/acme` is a prefix of `ghcr.io/acme-evil`.
3. Why is that a match? The entry does not end with a slash.

## Fix now
End each entry with a slash: `registry.example.com/team/`. For one repository name the image whole, with `:` or `@` at its
end.

## Workaround
Audit what is running: `kubectl get pods -A -o jsonpath='{..image}' | tr ' ' '\n' | sort -u`.

## Prevent
Use K8sAllowedReposv2, which compares repositories and not prefixes.

## Validate
A pod with an image of `REPOSITORY-x/any` is denied.

## Bad
```yaml
apiVersion: constraints.gatekeeper.sh/v1beta1
kind: K8sAllowedRepos
metadata: {name: repositories}
spec:
  match: {kinds: [{apiGroups: [""], kinds: [Pod]}]}
  parameters: {repos: [ghcr.io/acme/, registry.example.com/team]} # finding
```

## Good
```yaml
apiVersion: constraints.gatekeeper.sh/v1beta1
kind: K8sAllowedRepos
metadata: {name: repositories}
spec:
  parameters: {repos: [registry.example.com/team/, "ghcr.io/acme/web@"]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(target="K8sAllowedRepos", severity=Severity.HIGH, aliases="KSV-0124 AVD-KSV-0124")
def check(body: Node) -> Iterator[Fail]:
    for repository in body.each("spec.parameters.repos"):
        if repository.text and not repository.text.endswith(("/", ":", "@")):
            yield Fail(repository, "everything that begins like this is allowed", expected=f"{repository.text}/")
