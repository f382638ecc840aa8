# Attachments without a route table.
# with: vpc private_routes open app other transit_by_hand transit_routes
# ask: aws_instance.app -> aws_instance.other tcp 5432 = blocked: forward tgw-not-associated @attachment_main; return tgw-not-associated @attachment_other
