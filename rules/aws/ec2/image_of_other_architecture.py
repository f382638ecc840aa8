"""An image is built for another processor than the instance has.

## Why it matters
An x86 image does not start on a Graviton instance, and the reverse. EC2 refuses the launch, so the instance or the whole group does not
come; with mixed types only some launches fail, which looks like lack of capacity.

## Five whys
1. Why does the group not grow? Each launch fails with `Unsupported`.
2. Why? The architecture of the image does not match the instance type.
3. Why? The type was changed to a cheaper `g` type, and the image lookup still filters for `x86_64`.

## Fix now
Change the filter (`arm64`) or the type, and apply; the group tries again within minutes. `aws ec2 describe-images --image-ids ami-… --query
'Images[].Architecture'` and `aws ec2 describe-instance-types --instance-types T --query 'InstanceTypes[].ProcessorInfo'` show both sides.

## Workaround
Put the launch template back to its last version: `aws autoscaling update-auto-scaling-group --auto-scaling-group-name NAME
--launch-template LaunchTemplateId=lt-…,Version=N`.

## Prevent
One variable for the architecture, from which the image filter and the list of types follow.

## Validate
`aws autoscaling describe-scaling-activities --auto-scaling-group-name NAME` shows Successful launches of each type.

## Bad
```hcl
data "aws_ami" "linux" {
  most_recent = true
  owners      = ["amazon"]

  filter {
    name   = "name"
    values = ["al2023-ami-2023.*"]
  }
  filter {
    name   = "architecture"
    values = ["x86_64"]
  }
}

resource "aws_launch_template" "web" {
  image_id      = data.aws_ami.linux.id
  instance_type = "m7g.large" # finding
}

resource "aws_instance" "bastion" {
  ami           = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"
  instance_type = "t3.micro" # finding
}
```

## Good
```hcl
data "aws_ami" "arm" {
  most_recent = true
  owners      = ["amazon"]

  filter {
    name   = "architecture"
    values = ["arm64"]
  }
}

resource "aws_launch_template" "web" {
  image_id      = data.aws_ami.arm.id
  instance_type = "m7g.large"
}

data "aws_ami" "either" {
  most_recent = true
  owners      = ["self"]

  filter {
    name   = "architecture"
    values = ["arm64", "x86_64"]
  }
}

resource "aws_launch_template" "either" {
  image_id      = data.aws_ami.either.id
  instance_type = "m7g.large"
}

resource "aws_launch_template" "unknown" { # nothing says what the image is for
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
}

resource "aws_launch_template" "new" { # a type that nobody knows yet
  image_id      = data.aws_ami.arm.id
  instance_type = "m99.large"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.image import architectures
from auditor.views.instance_type import instance_type

KINDS = "aws_instance aws_spot_instance_request aws_launch_template aws_launch_configuration"


@rule(
    target=KINDS,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"The architecture '.*' of the specified instance type does not match the architecture '.*' of the specified AMI",),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    image, name = (
        next((node for path in ("image_id", "ami") if (node := body.at(path)).unknown or node.present), None),
        body.at("instance_type"),
    )
    found = instance_type(name.text or "") if image is not None else None
    built = architectures(image, graph) if image is not None and found is not None else frozenset()
    if found is not None and image is not None and built and not built & set(found.architectures):
        words = f"{name.text} is {' or '.join(found.architectures)}, and the image is built for {' or '.join(sorted(built))}"
        yield Fail(name, words, expected=f"a type for {' or '.join(sorted(built))}", related=(image,))
