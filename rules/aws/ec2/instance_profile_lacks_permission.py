r"""An instance's role may not use what its start script or agent uses.

## Why it matters
User data runs once, at the first start, with the role of the instance profile. When it names a bucket, a secret or a table that the role
may not touch, or joins an ECS cluster that it may not register with, the machine comes up half configured: the auto scaling group counts
it, the load balancer never gets a healthy target from it. The same holds for an association of Systems Manager whose agent may not
report.

## Five whys
1. Why are new instances unhealthy? Their start script stopped at the first AWS call.
2. Why? The role of the profile may not do what the message names.
3. Why do the old instances still work? They were set up by hand, or by an earlier script that did not need it.

## Fix now
Add the statement in the message to the role of the profile. Instances get it at once; run the script again with `sudo cloud-init clean &&
sudo cloud-init init && sudo cloud-init modules --mode final`, or start an instance refresh.

## Workaround
Put what the script fetches into the image.

## Prevent
Start one instance in a test account in every pipeline run that changes the template or the role.

## Validate
On the instance `sudo tail -5 /var/log/cloud-init-output.log` shows no AccessDenied; `aws ssm describe-instance-information --filters
Key=InstanceIds,Values=ID` lists it.

## Bad
```hcl
resource "aws_iam_role" "app" {
  name = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "logs:PutLogEvents", Resource = "*" },
    ]
  })
}

resource "aws_iam_instance_profile" "app" {
  name = "app"
  role = aws_iam_role.app.name
}

resource "aws_s3_bucket" "releases" {
  bucket = "releases-4711"
}

resource "aws_instance" "app" {
  ami                  = "ami-0abcdef1234567890"
  instance_type        = "t3.small"
  iam_instance_profile = aws_iam_instance_profile.app.name
  user_data            = "#!/bin/sh\naws s3 cp s3://${aws_s3_bucket.releases.id}/app.tgz /opt/" # finding
}
```

```hcl
resource "aws_iam_role" "app" {
  name = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:GetObject", Resource = "*" },
    ]
  })
}

resource "aws_iam_instance_profile" "app" {
  name = "app"
  role = aws_iam_role.app.name
}

resource "aws_launch_template" "container_host" {
  name      = "container-host"
  user_data = base64encode("#!/bin/sh\necho ECS_CLUSTER=prod >> /etc/ecs/ecs.config")

  iam_instance_profile {
    name = aws_iam_instance_profile.app.name
  }
}

resource "aws_instance" "container_host" {
  ami                  = "ami-0abcdef1234567890"
  instance_type        = "t3.small"
  iam_instance_profile = aws_iam_instance_profile.app.name
  user_data            = "#!/bin/sh\necho ECS_CLUSTER=prod >> /etc/ecs/ecs.config" # finding
}
```

## Good
```hcl
resource "aws_iam_role" "app" {
  name = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.releases.arn}/*" },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "amazonec2containerserviceforec2role" {
  role       = aws_iam_role.app.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role"
}

resource "aws_iam_instance_profile" "app" {
  name = "app"
  role = aws_iam_role.app.name
}

resource "aws_s3_bucket" "releases" {
  bucket = "releases-4711"
}

resource "aws_instance" "app" {
  ami                  = "ami-0abcdef1234567890"
  instance_type        = "t3.small"
  iam_instance_profile = aws_iam_instance_profile.app.name
  user_data            = "#!/bin/sh\naws s3 cp s3://${aws_s3_bucket.releases.id}/app.tgz /opt/\necho ECS_CLUSTER=prod >> ecs.config"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.instances import instance_needs
from auditor.views.needs.lack import unmet


@rule(
    target="aws_instance aws_launch_configuration aws_launch_template aws_spot_instance_request aws_ssm_association",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(instance_needs(resource, graph), resource, graph)
