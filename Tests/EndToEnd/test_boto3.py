# SPDX-License-Identifier: Apache-2.0
"""The same way with boto3, as the migration scripts go it."""
import json

import pytest
from botocore.exceptions import ClientError

from assent_server import parameters

KEY = "ct-1d84keiri1jhg"


def test_create_submit_and_poll(server):
    amscm = server.client("amscm")
    created = amscm.create_rfc(ChangeTypeId=KEY, ChangeTypeVersion="1.0", Title="from boto3",
                               ExecutionParameters=json.dumps(parameters()))
    submitted = amscm.submit_rfc(RfcId=created["RfcId"])
    assert submitted["ResponseMetadata"]["HTTPStatusCode"] == 200
    rfc = server.wait_for_rfc(created["RfcId"], amscm)
    assert rfc["Status"]["Id"] == "Success"
    assert rfc["CreatedBy"].startswith("arn:aws:iam::123456789012:user/")
    assert json.loads(rfc["ExecutionOutput"])["key_id"]


def test_list_rfc_summaries_filters_and_pages(server):
    amscm = server.client("amscm")
    ids = [amscm.create_rfc(ChangeTypeId=KEY, ChangeTypeVersion="1.0", Title="Paged %02d" % n)["RfcId"]
           for n in range(25)]
    filters = [{"Attribute": "Title", "Values": ["pAGED"], "Condition": "Contains"},
               {"Attribute": "RfcStatusId", "Values": ["Editing"]}]
    first = amscm.list_rfc_summaries(Filters=filters, MaxResults=20)
    second = amscm.list_rfc_summaries(Filters=filters, MaxResults=20, NextToken=first["NextToken"])
    listed = [s["RfcId"] for s in first["RfcSummaries"] + second["RfcSummaries"]]
    assert len(first["RfcSummaries"]) == 20 and "NextToken" not in second
    assert sorted(listed) == sorted(ids)


def test_update_cancel_and_the_states_that_forbid_them(server):
    amscm = server.client("amscm")
    rfc_id = amscm.create_rfc(ChangeTypeId=KEY, ChangeTypeVersion="1.0", Title="before")["RfcId"]
    with pytest.raises(ClientError) as missing:
        amscm.submit_rfc(RfcId=rfc_id)
    assert missing.value.response["Error"]["Code"] == "InvalidArgumentException"
    amscm.update_rfc(RfcId=rfc_id, Title="after", ExecutionParameters=json.dumps(parameters()))
    assert amscm.get_rfc(RfcId=rfc_id)["Rfc"]["Title"] == "after"
    amscm.cancel_rfc(RfcId=rfc_id, Reason="not needed")
    canceled = amscm.get_rfc(RfcId=rfc_id)["Rfc"]
    assert (canceled["Status"]["Id"], canceled["StatusReason"]) == ("Canceled", "not needed")
    amscm.submit_rfc(RfcId=rfc_id)
    assert server.wait_for_rfc(rfc_id, amscm)["Status"]["Id"] == "Success"
    with pytest.raises(ClientError) as closed:
        amscm.cancel_rfc(RfcId=rfc_id, Reason="too late")
    assert closed.value.response["Error"]["Code"] == "InvalidRfcStateException"
    assert closed.value.response["ResponseMetadata"]["HTTPStatusCode"] == 409


def test_another_key_pair_from_the_command_line(server):
    key = server.create_access_key("arn:aws:iam::123456789012:user/alice")
    identity = server.client("sts", key).get_caller_identity()
    assert identity["Arn"] == "arn:aws:iam::123456789012:user/alice"
    amscm = server.client("amscm", key)
    rfc_id = amscm.create_rfc(ChangeTypeId=KEY, ChangeTypeVersion="1.0", Title="by alice")["RfcId"]
    assert amscm.get_rfc(RfcId=rfc_id)["Rfc"]["CreatedBy"] == "arn:aws:iam::123456789012:user/alice"


def test_an_assumed_role_session_files_rfcs(server):
    session = server.client("sts").assume_role(RoleArn="arn:aws:iam::123456789012:role/ChangeManager",
                                               RoleSessionName="mary")["Credentials"]
    identity = server.client("sts", session).get_caller_identity()
    assert identity["Arn"] == "arn:aws:sts::123456789012:assumed-role/ChangeManager/mary"
    amscm = server.client("amscm", session)
    rfc_id = amscm.create_rfc(ChangeTypeId=KEY, ChangeTypeVersion="1.0", Title="by a session")["RfcId"]
    assert amscm.get_rfc(RfcId=rfc_id)["Rfc"]["CreatedBy"] == identity["Arn"]


def test_the_catalogue_can_be_walked(server):
    amscm = server.client("amscm")
    assert amscm.list_change_type_categories()["ChangeTypeCategories"] == ["Deployment", "Management"]
    below = amscm.list_change_type_subcategories(Category="Deployment")["ChangeTypeSubcategories"]
    assert below == ["Advanced stack components"]
    items = amscm.list_change_type_items(Category="Deployment", Subcategory=below[0])["ChangeTypeItems"]
    assert items == ["KMS key"]
    operations = amscm.list_change_type_operations(Category="Deployment", Subcategory=below[0], Item=items[0])
    assert operations["ChangeTypeOperationSummaries"] == [{"ChangeTypeId": KEY, "Operation": "Create"}]
    stacks = amscm.list_change_type_classification_summaries(
        Filters=[{"Attribute": "ChangeTypeId", "Values": ["ct-0q0bic0ywqk6c"]}])
    assert len(stacks["ChangeTypeClassificationSummaries"]) == 2


def test_cloudformation_waiters_and_kms_in_a_stack_of_ones_own(server):
    cloudformation = server.client("cloudformation")
    template = {"Resources": {"Key": {"Type": "AWS::KMS::Key", "Properties": {"Description": "own"}}},
                "Outputs": {"Id": {"Value": {"Ref": "Key"}}}}
    cloudformation.create_stack(StackName="own-stack", TemplateBody=json.dumps(template))
    cloudformation.get_waiter("stack_create_complete").wait(StackName="own-stack", WaiterConfig={"Delay": 1})
    stack = cloudformation.describe_stacks(StackName="own-stack")["Stacks"][0]
    key = stack["Outputs"][0]["OutputValue"]
    cloudformation.delete_stack(StackName="own-stack")
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=stack["StackId"], WaiterConfig={"Delay": 1})
    assert server.client("kms").describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "PendingDeletion"
