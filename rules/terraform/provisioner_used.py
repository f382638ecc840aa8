r"""A resource runs a script as a provisioner.

## Why it matters
Provisioners run once, at creation, on whatever machine applies. What they did is in no plan and no state: a failed
one leaves a tainted resource, a changed script changes nothing, and a second machine is set up differently.

## Five whys
1. Why is one of the hosts configured differently? Its script failed half-way.
2. Why did nobody notice? The next apply does not run it again.
3. Why is the setup a provisioner? It was the shortest way from the SSH session to the code.

## Fix now
For hosts use `user_data`, an image, or SSM State Manager; for calls to APIs the provider's resource. What remains
goes into the pipeline as a step of its own. A tainted resource: `terraform untaint ADDRESS` after finishing the work
by hand.

## Workaround
Run the script by hand where it failed.

## Prevent
Images are built by a pipeline (Packer, EC2 Image Builder); Terraform starts them.

## Validate
`grep -rn provisioner --include=*.tf` finds nothing.

## Bad
```hcl
resource "aws_instance" "web" {
  ami           = "ami-0a1b2c3d4e5f60718"
  instance_type = "t3.micro"
  provisioner "remote-exec" { # finding
    inline = ["sudo apt-get install -y nginx"]
  }
}
```

## Good
```hcl
resource "aws_instance" "web" {
  ami           = "ami-0a1b2c3d4e5f60718"
  instance_type = "t3.micro"
  user_data     = "#!/bin/sh\napt-get install -y nginx\n"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule


@rule(target="*", severity=Severity.INFO, facets=[Facet.WRITTEN])
def check(_: Node, resource: Resource) -> Iterator[Fail]:
    if "provisioner" not in (resource.meta.data or ()):
        return
    for provisioner in resource.meta.each("provisioner"):
        kind = provisioner.at("type").text
        yield Fail(provisioner, f"{kind} runs once, outside of plan and state", expected="user data, an image, or a step of the pipeline")
