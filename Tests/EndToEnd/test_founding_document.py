# SPDX-License-Identifier: Apache-2.0
"""The commands of the founding document with the unmodified AWS CLI."""
import json
import re

import pytest

from assent_server import parameters

ACCOUNT = "123456789012"
KEY = "ct-1d84keiri1jhg"
BASE = {"Sid": "Enable IAM User Permissions", "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::%s:root" % ACCOUNT}, "Action": "kms:*", "Resource": "*"}
THREE = ["ARN:role/roleA", "ARN:user/userB", "ARN:role/instanceProfileA"]
THREE_ARNS = ["arn:aws:iam::%s:%s" % (ACCOUNT, name) for name in
              ("role/roleA", "user/userB", "role/instanceProfileA")]
GRANT_ACTIONS = ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"]
CONTEXT_ACTIONS = ["kms:CreateGrant", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt"]

SEVEN = {
    "decrypt": ({"IAMPrincipalsRequiringDecryptPermissions": THREE}, [
        {"Sid": "Allow decrypt using the key", "Effect": "Allow", "Principal": {"AWS": THREE_ARNS},
         "Action": ["kms:DescribeKey", "kms:Decrypt"], "Resource": "*"}]),
    "encrypt": ({"IAMPrincipalsRequiringEncryptPermissions": THREE}, [
        {"Sid": "Allow encrypt using the key", "Effect": "Allow", "Principal": {"AWS": THREE_ARNS},
         "Action": ["kms:DescribeKey", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey",
                    "kms:GenerateDataKeyWithoutPlaintext"], "Resource": "*"}]),
    "create-grants": ({"IAMPrincipalsRequiringGrantsPermissions": ["arn:aws:iam::999999999999:role/roleA",
                                                                   "888888888888"]}, [
        {"Sid": "Allow grants", "Effect": "Allow",
         "Principal": {"AWS": ["arn:aws:iam::999999999999:role/roleA", "arn:aws:iam::888888888888:root"]},
         "Action": GRANT_ACTIONS, "Resource": "*"}]),
    "limit-to-services": ({"IAMPrincipalsRequiringGrantsPermissions": ["arn:aws:iam::999999999999:role/roleA"],
                           "LimitGrantsToAWSResources": "true"}, [
        {"Sid": "Allow grants", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::999999999999:role/roleA"},
         "Action": GRANT_ACTIONS, "Resource": "*"},
        {"Sid": "Deny if grant is not for AWS resource", "Effect": "Deny", "Principal": {"AWS": "*"},
         "Action": GRANT_ACTIONS, "Resource": "*",
         "Condition": {"Bool": {"kms:GrantIsForAWSResource": "false"}}}]),
    "encryption-keys": ({"EnforceEncryptionContextKeys": "true"}, [
        {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": CONTEXT_ACTIONS, "Resource": "*",
         "Condition": {"Null": {"kms:EncryptionContextKeys": "true"}}}]),
    "encryption-list": ({"AllowedEncryptionContextKeys": ["Name", "Application"]}, [
        {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": CONTEXT_ACTIONS, "Resource": "*",
         "Condition": {"StringEquals": {"kms:EncryptionContextKeys": ["Name", "Application"]}}}]),
    "allow-aws-service-access": ({"AllowServiceRolesAccessKMSKeys": ["ec2.us-east-1.amazonaws.com",
                                                                     "ecr.us-east-1.amazonaws.com"]}, [
        {"Effect": "Allow", "Principal": {"AWS": "*"},
         "Action": ["kms:ListGrants", "kms:CreateGrant", "kms:DescribeKey", "kms:Encrypt", "kms:Decrypt",
                    "kms:ReEncrypt*", "kms:GenerateDataKey*"], "Resource": "*",
         "Condition": {"StringEquals": {"kms:ViaService": ["ec2.us-east-1.amazonaws.com",
                                                           "ecr.us-east-1.amazonaws.com"],
                                        "kms:CallerAccount": ACCOUNT}}}]),
}


def run(server, execution_parameters, tmp_path, version="1.0", title="Create KMS Key"):
    """Template create, submit and wait, all with the AWS CLI; returns the RFC and its output."""
    (tmp_path / "CreateKmsKeyAutoParams.json").write_text(json.dumps(execution_parameters, indent=2) + "\n")
    (tmp_path / "CreateKmsKeyAutoRfc.json").write_text(json.dumps(
        {"ChangeTypeId": KEY, "ChangeTypeVersion": version, "Title": title}))
    created = server.aws("amscm", "create-rfc", "--cli-input-json", "file://CreateKmsKeyAutoRfc.json",
                         "--execution-parameters", "file://CreateKmsKeyAutoParams.json", cwd=tmp_path).json
    rfc_id = created["RfcId"]
    assert server.aws("amscm", "submit-rfc", "--rfc-id", rfc_id).out == ""
    rfc = server.wait_for_rfc(rfc_id)
    assert rfc["Status"] == {"Id": "Success", "Name": "Success"}, rfc
    return rfc, json.loads(rfc["ExecutionOutput"])


def key_policy(server, output):
    """The policy that KMS holds for the key that an RFC made."""
    answer = server.aws("kms", "get-key-policy", "--key-id", output["key_id"], "--policy-name", "default").json
    return json.loads(answer["Policy"])


def test_the_service_models_give_the_cli_its_help(server):
    text = re.sub(".\b", "", server.aws("amscm", "help").out)
    assert "create-rfc" in text and "get-change-type-version" in text


def test_versions_are_listed_with_the_documents_abbreviated_filter(server):
    answer = server.aws("amscm", "list-change-type-version-summaries", "--filter",
                        "Attribute=ChangeTypeId,Value=%s" % KEY).json
    assert [v["Version"] for v in answer["ChangeTypeVersionSummaries"]] == ["1.0", "2.0"]
    assert "NextToken" not in answer


def test_the_schema_goes_to_a_file_as_text(server, tmp_path):
    server.shell('aws amscm get-change-type-version --change-type-id "%s" --query '
                 '"ChangeTypeVersion.ExecutionInputSchema" --output text > CreateKmsKeyAutoParams.json' % KEY, tmp_path)
    schema = json.loads((tmp_path / "CreateKmsKeyAutoParams.json").read_text())
    assert schema["properties"]["StackTemplateId"]["enum"] == ["stm-enf1j068fhg34vugt"]
    assert schema["properties"]["Parameters"]["metadata"]["ui:order"][0] == "Alias"


def test_the_current_version_is_the_documents(server):
    version = server.aws("amscm", "get-change-type-version", "--change-type-id", KEY).json["ChangeTypeVersion"]
    assert version["Version"] == "1.0"
    assert version["ExpectedExecutionDurationInMinutes"] == 60
    assert version["AutomationStatus"]["Id"] == "Automated"
    assert version["ApprovalCondition"]["AwsApproval"]["Id"] == "Required"
    assert version["ApprovalCondition"]["CustomerApproval"]["Id"] == "NotRequired"


def test_inline_create_with_required_parameters_only(server, tmp_path):
    inline = ("aws amscm create-rfc --title my-app-key --change-type-id ct-1d84keiri1jhg --change-type-version 1.0 "
              "--execution-parameters '{\"Description\":\"KMS key for my-app\",\"VpcId\":\"vpc-12345678\","
              "\"Name\":\"my-app-key\",\"StackTemplateId\":\"stm-enf1j068fhg34vugt\",\"TimeoutInMinutes\":60,"
              "\"Parameters\":{\"Description\":\"KMS key for my-app\"}}' "
              "--notification \"{\\\"Email\\\": {\\\"EmailRecipients\\\" : [\\\"email@example.com\\\"]}}\"")
    rfc_id = json.loads(server.shell(inline, tmp_path))["RfcId"]

    editing = server.aws("amscm", "get-rfc", "--rfc-id", rfc_id).json["Rfc"]
    assert editing["Status"]["Id"] == "Editing"
    assert editing["ApprovalState"]["AwsApprovalStatus"]["Id"] == "SubmissionPending"
    assert editing["Notification"] == {"Email": {"EmailRecipients": ["email@example.com"]}}
    assert "ExecutionOutput" not in editing

    server.aws("amscm", "submit-rfc", "--rfc-id", rfc_id)
    rfc = server.wait_for_rfc(rfc_id)
    assert rfc["Status"]["Id"] == "Success"
    assert rfc["ApprovalState"]["AwsApprovalStatus"]["Id"] == "Approved"
    assert rfc["ApprovalState"]["CustomerApprovalStatus"]["Id"] == "NotRequired"
    assert re.fullmatch(r"\d{8}T\d{6}Z", rfc["ActualExecutionTimeRange"]["EndTime"])
    assert rfc["RequestedExecutionTimeRange"] == {}
    output = json.loads(rfc["ExecutionOutput"])
    assert re.fullmatch(r"stack-[a-z0-9]{17}", output["stack_id"])
    assert output["key_arn"] == "arn:aws:kms:us-east-1:%s:key/%s" % (ACCOUNT, output["key_id"])
    assert output["policy_statements"] == "documented"
    assert key_policy(server, output)["Statement"] == [BASE]


def test_a_cli_skeleton_with_empty_members_is_as_good_as_one_without(server, tmp_path):
    skeleton = server.aws("amscm", "create-rfc", "--generate-cli-skeleton").json
    assert skeleton["Notification"]["Email"]["EmailRecipients"] == [""]
    skeleton.update(ChangeTypeId=KEY, ChangeTypeVersion="1.0", Title="Create KMS Key")
    (tmp_path / "rfc.json").write_text(json.dumps(skeleton))
    (tmp_path / "params.json").write_text(json.dumps(parameters()))
    rfc_id = server.aws("amscm", "create-rfc", "--cli-input-json", "file://rfc.json", "--execution-parameters",
                        "file://params.json", cwd=tmp_path).json["RfcId"]
    rfc = server.aws("amscm", "get-rfc", "--rfc-id", rfc_id).json["Rfc"]
    assert "Notification" not in rfc and "Description" not in rfc
    assert rfc["RequestedExecutionTimeRange"] == {}


@pytest.mark.parametrize("name", SEVEN)
def test_each_parameterisation_gives_its_documented_policy(server, tmp_path, name):
    more, statements = SEVEN[name]
    tags = {"Tags": [{"Key": "Name", "Value": "my-app-key"}]} if name == "encrypt" else {}
    _, output = run(server, parameters("my-app-key-" + name, more, **tags), tmp_path)
    policy = key_policy(server, output)
    assert policy["Version"] == "2012-10-17"
    assert policy["Statement"] == [BASE] + statements


def test_the_all_parameters_example_works_and_says_what_is_wrong_with_it(server, tmp_path):
    example = {
        "Description": "Test description", "VpcId": "vpc-12345678", "Name": "TestStack",
        "Tags": [{"Key": "foo", "Value": "bar"}], "StackTemplateId": "stm-enf1j068fhg34vugt", "TimeoutInMinutes": 60,
        "Parameters": {
            "Alias": "testkey", "EnableKeyRotation": "true", "Description": "Test key", "PendingWindow": 30,
            "IAMPrincipalsRequiringDecryptPermissions": ["arn:aws:iam::123456789012:user/myuser",
                                                         "arn:aws:iam::123456789012:role/myrole"],
            "IAMPrincipalsRequiringEncryptPermissions": ["arn:aws:iam::123456789012:user/myuser",
                                                         "arn:aws:iam::123456789012:role/myrole"],
            "IAMPrincipalsRequiringGrantsPermissions": ["arn:aws:iam::123456789012:user/myuser",
                                                        "arn:aws:iam::123456789012:role/myrole", "987654321098"],
            "LimitGrantsToAWSResources": "true", "EnforceEncryptionContextKeys": "true",
            "AllowedEncryptionContextKeys": ["App"],
            "AllowServiceRolesAccessKMSKeys": ["ec2.us-east-1.amazonaws.com"]}}
    rfc, output = run(server, example, tmp_path)
    assert output["alias"] == "alias/testkey"
    statements = key_policy(server, output)["Statement"]
    assert [s.get("Sid") for s in statements] == [
        "Enable IAM User Permissions", "Allow decrypt using the key", "Allow encrypt using the key", "Allow grants",
        "Deny if grant is not for AWS resource", None, None, None]
    assert len(output["findings"]) >= 5
    assert all({"id", "severity", "explanation", "fix"} <= set(f) for f in output["findings"])
    assert server.aws("kms", "get-key-rotation-status", "--key-id", output["key_id"]).json["KeyRotationEnabled"]
    tags = server.aws("kms", "list-resource-tags", "--key-id", output["key_id"]).json["Tags"]
    assert {"TagKey": "foo", "TagValue": "bar"} in tags


def test_version_2_renders_the_corrected_statements(server, tmp_path):
    example = {"DocumentName": "AWSManagedServices-CreateKMSKey", "Region": "us-east-1", "Parameters": {
        "Description": "Test key", "EnforceEncryptionContextKeys": True,
        "AllowedEncryptionContextKeys": ["Name", "Application"]}}
    _, output = run(server, example, tmp_path, version="2.0")
    assert output["policy_statements"] == "corrected"
    enforce, allowed = key_policy(server, output)["Statement"][1:]
    assert "kms:ReEncrypt*" in enforce["Action"] and "kms:ReEncrypt" not in enforce["Action"]
    assert allowed["Condition"] == {"ForAllValues:StringNotEquals": {
        "kms:EncryptionContextKeys": ["Name", "Application"]}}


def test_the_key_outlives_its_stack(server, tmp_path):
    _, output = run(server, parameters(more={"Alias": "outlives"}), tmp_path)
    key = output["key_id"]
    blob = server.client("kms").encrypt(KeyId=key, Plaintext=b"kept")["CiphertextBlob"]
    deletion = server.aws("amscm", "create-rfc", "--title", "delete the stack", "--change-type-id",
                          "ct-0q0bic0ywqk6c", "--change-type-version", "1.0", "--execution-parameters",
                          json.dumps({"StackId": output["stack_id"]})).json["RfcId"]
    server.aws("amscm", "submit-rfc", "--rfc-id", deletion)
    rfc = server.wait_for_rfc(deletion)
    assert rfc["Status"]["Id"] == "Success", rfc
    assert json.loads(rfc["ExecutionOutput"])["retained_resources"] == [{"type": "AWS::KMS::Key", "id": key}]
    missing = server.aws("cloudformation", "describe-stacks", "--stack-name", output["stack_id"], check=False)
    assert "does not exist" in missing.err
    assert server.aws("kms", "describe-key", "--key-id", key).json["KeyMetadata"]["KeyState"] == "Enabled"
    assert server.client("kms").decrypt(CiphertextBlob=blob)["Plaintext"] == b"kept"


def test_the_stack_is_there_for_the_cloudformation_cli(server, tmp_path):
    rfc, output = run(server, parameters(), tmp_path)
    stack = server.aws("cloudformation", "describe-stacks", "--stack-name", output["stack_id"]).json["Stacks"][0]
    assert stack["StackStatus"] == "CREATE_COMPLETE"
    assert {o["OutputKey"]: o["OutputValue"] for o in stack["Outputs"]}["KeyArn"] == output["key_arn"]
    template = server.aws("cloudformation", "get-template", "--stack-name", output["stack_id"]).json["TemplateBody"]
    assert template["Resources"]["Key"]["DeletionPolicy"] == "Retain"
    assert template["Resources"]["Key"]["UpdateReplacePolicy"] == "Retain"
    events = server.aws("cloudformation", "describe-stack-events", "--stack-name", output["stack_id"]).json
    assert {e["ClientRequestToken"] for e in events["StackEvents"]} == {rfc["RfcId"]}


def test_a_decrypted_ciphertext_at_the_end_of_the_way(server, tmp_path):
    _, output = run(server, parameters(more={"Alias": "round-trip"}), tmp_path)
    (tmp_path / "secret.txt").write_text("attack at dawn")
    script = ("aws kms encrypt --key-id alias/round-trip --plaintext fileb://secret.txt --encryption-context App=x "
              "--query CiphertextBlob --output text | base64 -d > secret.bin; "
              "aws kms decrypt --ciphertext-blob fileb://secret.bin --encryption-context App=x --query Plaintext "
              "--output text | base64 -d")
    assert server.shell(script, tmp_path) == "attack at dawn"
