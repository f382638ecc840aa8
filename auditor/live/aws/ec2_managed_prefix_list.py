"""Prefix lists of one's own."""

from auditor.live.source import blocks, maybe, tags
from auditor.live.spec import Detail, Spec

SPEC = Spec(
    kind="aws_ec2_managed_prefix_list",
    service="ec2",
    operation="describe_managed_prefix_lists",
    items="PrefixLists",
    attributes={
        "id": "PrefixListId",
        "arn": "PrefixListArn",
        "name": "PrefixListName",
        "address_family": "AddressFamily",
        "max_entries": "MaxEntries",
        "owner_id": "OwnerId",
        "version": "Version",
        "tags": tags(),
        "tags_all": tags(),
    },
    details=(
        Detail(
            "get_managed_prefix_list_entries",
            {"PrefixListId": "PrefixListId"},
            {"entry": blocks("Entries", cidr="Cidr", description=maybe("Description", ""))},
        ),
    ),
    where=lambda found: found.at("OwnerId").data != "AWS",
    parts={"entry": ("aws_ec2_managed_prefix_list_entry",)},
    watched="entry",
)

EXAMPLE = {
    "describe_managed_prefix_lists": {
        "PrefixLists": [
            {"PrefixListId": "pl-0", "OwnerId": "AWS", "Tags": []},
            {"PrefixListId": "pl-1", "OwnerId": "123456789012", "PrefixListName": "offices", "MaxEntries": 5, "Tags": []},
        ]
    },
    "get_managed_prefix_list_entries": {"Entries": [{"Cidr": "192.0.2.0/24"}]},
}
EXPECT: dict[str, object] = {
    "pl-1": {
        "id": "pl-1",
        "name": "offices",
        "max_entries": 5,
        "owner_id": "123456789012",
        "entry": [{"cidr": "192.0.2.0/24", "description": ""}],
        "tags": {},
        "tags_all": {},
    }
}
