# Tasks with interfaces of their own: public only when the service says so.
# with: vpc public_routes open
# ask: internet -> aws_ecs_service.public tcp 8080 = reachable
# ask: aws_ecs_service.private -> internet tcp 443 = blocked: forward no-public-address @service
# ask: aws_ecs_service.bridge -> internet tcp 443 = unknown
resource "aws_ecs_service" "public" {
  name = "public"
  network_configuration {
    subnets          = [aws_subnet.public.id]
    security_groups  = [aws_security_group.open.id]
    assign_public_ip = true
  }
}
resource "aws_ecs_service" "private" { # @service
  name = "private"
  network_configuration {
    subnets         = [aws_subnet.public.id]
    security_groups = [aws_security_group.open.id]
  }
}
resource "aws_ecs_service" "bridge" {
  name = "bridge"
}
