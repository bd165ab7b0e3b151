# SPDX-License-Identifier: Apache-2.0
"""The embedded CloudFormation as the AWS CLI and boto3 use it without change management."""
import json
import textwrap

import pytest
from botocore.exceptions import ClientError

TEMPLATE = textwrap.dedent("""\
    Description: a key of one's own
    Parameters:
      Users: {Type: CommaDelimitedList, Default: ''}
      Days: {Type: Number, Default: 10}
    Conditions:
      HasUsers: !Not [!Equals [!Join ['', !Ref Users], '']]
    Resources:
      Key:
        Type: AWS::KMS::Key
        DeletionPolicy: Retain
        Properties:
          Description: !Sub '${AWS::StackName} key'
          PendingWindowInDays: !Ref Days
          KeyPolicy:
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
                Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}
                Action: kms:*
                Resource: '*'
              - !If
                - HasUsers
                - {Effect: Allow, Principal: {AWS: !Ref Users}, Action: [kms:Encrypt], Resource: '*'}
                - !Ref AWS::NoValue
      Alias:
        Type: AWS::KMS::Alias
        Properties: {AliasName: !Sub 'alias/${AWS::StackName}', TargetKeyId: !Ref Key}
    Outputs:
      Arn: {Value: !GetAtt Key.Arn}
    """)
KEY_ONLY = {"Resources": {"Key": {"Type": "AWS::KMS::Key", "Properties": {}}}}


def test_deploy_creates_leaves_alone_and_updates(server, tmp_path):
    (tmp_path / "key.yaml").write_text(TEMPLATE)

    def deploy(*more):
        return server.aws("cloudformation", "deploy", "--template-file", "key.yaml", "--stack-name", "deployed",
                          *more, cwd=tmp_path).out

    assert "Successfully created/updated stack" in deploy("--tags", "team=blue")
    assert "No changes to deploy" in deploy("--tags", "team=blue", "--no-fail-on-empty-changeset")
    assert "Successfully created/updated stack" in deploy(
        "--tags", "team=red", "--parameter-overrides", "Users=arn:aws:iam::123456789012:user/bob")
    cloudformation, kms = server.client("cloudformation"), server.client("kms")
    stack = cloudformation.describe_stacks(StackName="deployed")["Stacks"][0]
    assert (stack["StackStatus"], stack["Tags"]) == ("UPDATE_COMPLETE", [{"Key": "team", "Value": "red"}])
    key = stack["Outputs"][0]["OutputValue"]
    policy = json.loads(kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"])
    assert [s["Action"] for s in policy["Statement"]] == ["kms:*", ["kms:Encrypt"]]
    assert kms.list_resource_tags(KeyId=key)["Tags"] == [{"TagKey": "team", "TagValue": "red"}]
    first = cloudformation.describe_stack_events(StackName="deployed")["StackEvents"][-1]
    assert (first["ResourceStatus"], first["ResourceStatusReason"]) == ("REVIEW_IN_PROGRESS", "User Initiated")
    cloudformation.delete_stack(StackName="deployed")
    cloudformation.get_waiter("stack_delete_complete").wait(StackName="deployed")
    assert kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "Enabled"


def test_every_event_of_an_operation_has_its_token(server):
    cloudformation = server.client("cloudformation")
    cloudformation.create_stack(StackName="told", TemplateBody=json.dumps(KEY_ONLY), ClientRequestToken="tok-1")
    cloudformation.get_waiter("stack_create_complete").wait(StackName="told")
    pages = cloudformation.get_paginator("describe_stack_events").paginate(StackName="told")
    events = [event for page in pages for event in page["StackEvents"]][::-1]
    assert [event["ResourceStatus"] for event in events] == [
        "CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS", "CREATE_COMPLETE", "CREATE_COMPLETE"]
    assert {event["ClientRequestToken"] for event in events} == {"tok-1"}
    assert sorted(event["Timestamp"] for event in events) == [event["Timestamp"] for event in events]
    assert cloudformation.get_template(StackName="told")["TemplateBody"] == KEY_ONLY


def test_a_change_set_lists_what_it_would_do(server):
    cloudformation = server.client("cloudformation")
    cloudformation.create_stack(StackName="changed", TemplateBody=json.dumps(KEY_ONLY))
    cloudformation.get_waiter("stack_create_complete").wait(StackName="changed")
    template = {"Resources": {"Key": {"Type": "AWS::KMS::Key", "Properties": {"Description": "new"}}}}
    made = cloudformation.create_change_set(StackName="changed", ChangeSetName="first",
                                            TemplateBody=json.dumps(template))
    cloudformation.get_waiter("change_set_create_complete").wait(ChangeSetName=made["Id"])
    change = cloudformation.describe_change_set(ChangeSetName=made["Id"])["Changes"][0]["ResourceChange"]
    assert (change["Action"], change["Replacement"], change["Scope"]) == ("Modify", "False", ["Properties"])
    cloudformation.execute_change_set(ChangeSetName=made["Id"])
    cloudformation.get_waiter("stack_update_complete").wait(StackName="changed")
    done = cloudformation.describe_change_set(ChangeSetName=made["Id"])
    assert done["ExecutionStatus"] == "EXECUTE_COMPLETE"


@pytest.mark.parametrize("operation, arguments, status, code, message", [
    ("describe_stacks", {"StackName": "nope"}, 400, "ValidationError", "Stack with id nope does not exist"),
    ("describe_stack_events", {"StackName": "nope"}, 400, "ValidationError", "Stack [nope] does not exist"),
    ("describe_change_set", {"StackName": "refused", "ChangeSetName": "nope"}, 404, "ChangeSetNotFound",
     "ChangeSet [nope] does not exist"),
    ("create_stack", {"StackName": "refused", "TemplateBody": json.dumps(KEY_ONLY)}, 400, "AlreadyExistsException",
     "Stack [refused] already exists"),
    ("update_stack", {"StackName": "refused", "TemplateBody": json.dumps(KEY_ONLY)}, 400, "ValidationError",
     "No updates are to be performed."),
    ("create_stack", {"StackName": "other", "TemplateURL": "https://s3.amazonaws.com/b/t"}, 400, "ValidationError",
     "TemplateURL is not supported by the embedded CloudFormation, which reaches no S3; give the template inline as "
     "TemplateBody"),
])
def test_refusals_have_cloudformations_words(server, operation, arguments, status, code, message):
    cloudformation = server.client("cloudformation")
    try:
        cloudformation.describe_stacks(StackName="refused")
    except ClientError:
        cloudformation.create_stack(StackName="refused", TemplateBody=json.dumps(KEY_ONLY))
        cloudformation.get_waiter("stack_create_complete").wait(StackName="refused")
    with pytest.raises(ClientError) as refusal:
        getattr(cloudformation, operation)(**arguments)
    assert refusal.value.response["Error"]["Code"] == code
    assert refusal.value.response["Error"]["Message"] == message
    assert refusal.value.response["ResponseMetadata"]["HTTPStatusCode"] == status
