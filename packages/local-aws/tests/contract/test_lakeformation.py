"""Lake Formation: what was granted can be extended, taken in part, and taken whole."""

from typing import Any

from tests.contract.instance import Instance, until


def test_a_grant_that_was_extended_can_be_revoked(aws: Instance) -> None:
    until(lambda: aws.component("moto")["status"], lambda s: s == "ready", 60)
    client = aws.client("lakeformation")
    grant: dict[str, Any] = {
        "Principal": {"DataLakePrincipalIdentifier": "arn:aws:iam::000000000000:role/crawler"},
        "Resource": {"Database": {"Name": "movielens_demo"}},
    }
    permissions = ["DESCRIBE", "CREATE_TABLE", "ALTER"]
    for permission in permissions:
        client.grant_permissions(**grant, Permissions=[permission])
    client.revoke_permissions(**grant, Permissions=["DESCRIBE"])
    left = client.list_permissions(**grant)["PrincipalResourcePermissions"]
    assert [sorted(each["Permissions"]) for each in left] == [["ALTER", "CREATE_TABLE"]]

    client.revoke_permissions(**grant, Permissions=["ALTER", "CREATE_TABLE"])
    assert client.list_permissions(**grant)["PrincipalResourcePermissions"] == []
