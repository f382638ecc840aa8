r"""A password or token is written into the user data of an instance.

## Why it matters
User data can be read by every process on the host (`curl http://169.254.169.254/latest/user-data`), by everybody with
`ec2:DescribeInstanceAttribute`, and in the repository, the plan and the state. Copies of it outlive the instance.

## Five whys
1. Why does somebody know the database password? It was in the user data.
2. Why there? The application needs it at its first start.
3. Why not from a secret store? The instance had no role that may read one.
4. Why did nobody see it in review? It came in through a template.

## Fix now
Change the password first: it has to be taken as known. Then store the new one (`aws secretsmanager create-secret --name app/db
--secret-string …`), let the role read exactly that secret, and fetch it in the script:
`aws secretsmanager get-secret-value --secret-id app/db --query SecretString --output text`.

## Workaround
A `SecureString` parameter needs no further service: `aws ssm get-parameter --name /app/db --with-decryption`.

## Prevent
Pass the name of a secret to instances, never its value; mark variables that hold secrets as `sensitive`.

## Validate
`aws ec2 describe-instance-attribute --instance-id i-… --attribute userData --query UserData.Value --output text | base64 -d` shows
names of secrets only.

## Bad
```hcl finding=4
resource "aws_launch_configuration" "app" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "t3.small"
  user_data     = <<-EOT
    #!/bin/sh
    export DB_PASSWORD="correct-horse-battery"
    exec /srv/app
  EOT
}
```

Base64 hides nothing:
```hcl
resource "aws_launch_template" "app" {
  image_id  = "ami-0123456789abcdef0"
  user_data = base64encode("#!/bin/sh\nexport API_TOKEN=c2VjcmV0LXRva2VuLTEyMw\nexec /srv/app\n") # finding
}
```

## Good
```hcl
resource "aws_launch_template" "app" {
  image_id = "ami-0123456789abcdef0"

  user_data = base64encode(<<-EOT
    #!/bin/sh
    export DB_PASSWORD="$(aws ssm get-parameter --name /app/db --with-decryption --query Parameter.Value --output text)"
    exec /srv/app
  EOT
  )
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.secret import conceal
from auditor.views.user_data import KINDS, Script, scripts


@rule(
    target=KINDS,
    each=scripts,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    aliases="AVD-AWS-0122 aws-ec2-no-sensitive-info aws-autoscaling-no-sensitive-info",
)
def check(script: Script) -> Iterator[Fail]:
    if not script.access_key_line and (line := script.secret_line):
        message = f"line {line} of the user data seems to hold a secret"
        yield Fail(conceal(script.where), message, expected="the name of a secret", secret=True)
