# Instances of an auto scaling group, whose template says the rest.
# with: vpc public_routes open
# ask: internet -> aws_autoscaling_group.public tcp 22 = reachable
# ask: internet -> aws_autoscaling_group.private tcp 22 = blocked: forward no-public-address @fleet
resource "aws_launch_template" "public" {
  network_interfaces {
    associate_public_ip_address = true
    security_groups             = [aws_security_group.open.id]
  }
}
resource "aws_autoscaling_group" "public" {
  max_size            = 2
  min_size            = 1
  vpc_zone_identifier = [aws_subnet.public.id]
  launch_template {
    id = aws_launch_template.public.id
  }
}
resource "aws_launch_template" "private" {
  vpc_security_group_ids = [aws_security_group.open.id]
}
resource "aws_autoscaling_group" "private" { # @fleet
  max_size            = 2
  min_size            = 1
  vpc_zone_identifier = [aws_subnet.public.id]
  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_name = aws_launch_template.private.name
      }
    }
  }
}
