# SPDX-License-Identifier: Apache-2.0
"""Who may do what: users and roles through IAM's own operations, key policies, sessions."""
import json

import pytest
from botocore.exceptions import ClientError

from assent_server import parameters

ACCOUNT = "123456789012"
KEY = "ct-1d84keiri1jhg"


def code_of(call, **arguments):
    """The error code of a call that must fail."""
    with pytest.raises(ClientError) as refused:
        call(**arguments)
    return refused.value.response["Error"]["Code"]


def user(server, name, *policies):
    """A declared user with predefined policies, and clients for it."""
    iam = server.client("iam")
    iam.create_user(UserName=name)
    for policy in policies:
        iam.attach_user_policy(UserName=name, PolicyArn="arn:aws:iam::aws:policy/" + policy)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return lambda service: server.client(service, key)


def test_predefined_policies_part_the_roles(server):
    requester, approver, auditor = (user(server, "the-" + name.lower(), "Assent" + name)
                                    for name in ("Requester", "Approver", "Auditor"))
    rfc = requester("amscm").create_rfc(ChangeTypeId=KEY, ChangeTypeVersion="1.0", Title="parted")["RfcId"]
    assert code_of(requester("amscm").approve_rfc, RfcId=rfc) == "AccessDeniedException"
    assert code_of(approver("amscm").submit_rfc, RfcId=rfc) == "AccessDeniedException"
    assert auditor("amscm").get_rfc(RfcId=rfc)["Rfc"]["Title"] == "parted"
    assert code_of(auditor("amscm").cancel_rfc, RfcId=rfc, Reason="no") == "AccessDeniedException"
    requester("amscm").cancel_rfc(RfcId=rfc, Reason="done")
    assert auditor("iam").list_users()["Users"]
    assert code_of(requester("iam").create_user, UserName="mallory") == "AccessDenied"
    assert code_of(requester("cloudformation").describe_stacks) == "AccessDenied"


def test_an_inline_policy_limits_a_user_to_one_change_type(server):
    someone = user(server, "limited")
    assert code_of(someone("amscm").list_rfc_summaries) == "AccessDeniedException"
    document = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["amscm:CreateRfc", "amscm:GetRfc"],
         "Resource": "arn:aws:amscm:*:*:changetype/%s:1.0" % KEY}]}
    server.client("iam").put_user_policy(UserName="limited", PolicyName="one", PolicyDocument=json.dumps(document))
    rfc = someone("amscm").create_rfc(ChangeTypeId=KEY, ChangeTypeVersion="1.0", Title="allowed")["RfcId"]
    assert someone("amscm").get_rfc(RfcId=rfc)["Rfc"]["Title"] == "allowed"
    refused = dict(ChangeTypeId="ct-0q0bic0ywqk6c", ChangeTypeVersion="1.0", Title="refused")
    assert code_of(someone("amscm").create_rfc, **refused) == "AccessDeniedException"


def test_the_key_policy_decides_who_uses_the_key(server):
    amscm = server.client("amscm")
    more = {"IAMPrincipalsRequiringDecryptPermissions": ["role/reader"],
            "IAMPrincipalsRequiringEncryptPermissions": ["role/writer"]}
    rfc = amscm.create_rfc(ChangeTypeId=KEY, ChangeTypeVersion="1.0", Title="who",
                           ExecutionParameters=json.dumps(parameters("who", more)))["RfcId"]
    amscm.submit_rfc(RfcId=rfc)
    key = json.loads(server.wait_for_rfc(rfc)["ExecutionOutput"])["key_id"]
    sts = server.client("sts")
    reader, writer, nobody = (
        server.client("kms", sts.assume_role(RoleArn="arn:aws:iam::%s:role/%s" % (ACCOUNT, role),
                                             RoleSessionName="test")["Credentials"])
        for role in ("reader", "writer", "nobody"))
    blob = writer.encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"]
    assert reader.decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"
    assert code_of(writer.decrypt, CiphertextBlob=blob) == "AccessDeniedException"
    assert code_of(reader.encrypt, KeyId=key, Plaintext=b"x") == "AccessDeniedException"
    for call in (lambda: nobody.encrypt(KeyId=key, Plaintext=b"x"), lambda: nobody.describe_key(KeyId=key)):
        assert code_of(call) == "AccessDeniedException"

    # A grant gives what the policy does not; revoking it takes it away.
    kms = server.client("kms")
    grant = kms.create_grant(KeyId=key, GranteePrincipal="arn:aws:iam::%s:role/nobody" % ACCOUNT,
                             Operations=["Decrypt"], Constraints={"EncryptionContextSubset": {"App": "y"}})
    bound = writer.encrypt(KeyId=key, Plaintext=b"y", EncryptionContext={"App": "y"})["CiphertextBlob"]
    assert nobody.decrypt(CiphertextBlob=bound, EncryptionContext={"App": "y"})["Plaintext"] == b"y"
    assert code_of(nobody.decrypt, CiphertextBlob=blob) == "AccessDeniedException"
    kms.revoke_grant(KeyId=key, GrantId=grant["GrantId"])
    assert code_of(nobody.decrypt, CiphertextBlob=bound, EncryptionContext={"App": "y"}) == "AccessDeniedException"


def test_a_trust_policy_opens_a_role_to_a_user(server):
    someone = user(server, "trusted")
    role = "arn:aws:iam::%s:role/opened" % ACCOUNT
    assume = dict(RoleArn=role, RoleSessionName="test")
    assert code_of(someone("sts").assume_role, **assume) == "AccessDenied"
    trust = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::%s:user/trusted" % ACCOUNT},
         "Action": "sts:AssumeRole"}]}
    iam = server.client("iam")
    iam.create_role(RoleName="opened", AssumeRolePolicyDocument=json.dumps(trust))
    session = server.client("sts", someone("sts").assume_role(**assume)["Credentials"])
    assert session.get_caller_identity()["Arn"].endswith("assumed-role/opened/test")
    assert json.loads(json.dumps(iam.get_role(RoleName="opened")["Role"]["AssumeRolePolicyDocument"])) == trust


def test_a_switched_off_key_signs_nothing(server):
    iam = server.client("iam")
    iam.create_user(UserName="leaver")
    key = iam.create_access_key(UserName="leaver")["AccessKey"]
    sts = server.client("sts", key)
    assert sts.get_caller_identity()["Arn"].endswith(":user/leaver")
    iam.update_access_key(UserName="leaver", AccessKeyId=key["AccessKeyId"], Status="Inactive")
    assert code_of(sts.get_caller_identity) == "InvalidClientTokenId"
    assert code_of(iam.delete_user, UserName="leaver") == "DeleteConflict"
    iam.delete_access_key(UserName="leaver", AccessKeyId=key["AccessKeyId"])
    iam.delete_user(UserName="leaver")
    assert code_of(iam.get_user, UserName="leaver") == "NoSuchEntity"


def test_an_administrator_simulates_a_service_that_calls_for_a_role(server):
    amscm = server.client("amscm")
    more = {"AllowServiceRolesAccessKMSKeys": ["ec2.us-east-1.amazonaws.com"]}
    rfc = amscm.create_rfc(ChangeTypeId=KEY, ChangeTypeVersion="1.0", Title="via a service",
                           ExecutionParameters=json.dumps(parameters("via-service", more)))["RfcId"]
    amscm.submit_rfc(RfcId=rfc)
    key = json.loads(server.wait_for_rfc(rfc)["ExecutionOutput"])["key_id"]

    def through(service, kms):
        """The client as the service that calls for an undeclared role."""
        def add(request, **_):
            request.headers["X-Assent-Via-Service"] = service
            request.headers["X-Assent-On-Behalf-Of"] = "arn:aws:iam::%s:role/AutoScaling" % ACCOUNT
        kms.meta.events.register("before-sign.kms.*", add)
        return kms

    ec2 = through("ec2.us-east-1.amazonaws.com", server.client("kms"))
    blob = ec2.encrypt(KeyId=key, Plaintext=b"volume", EncryptionContext={"aws:ebs:id": "vol-1"})["CiphertextBlob"]
    assert ec2.decrypt(CiphertextBlob=blob, EncryptionContext={"aws:ebs:id": "vol-1"})["Plaintext"] == b"volume"
    s3 = through("s3.us-east-1.amazonaws.com", server.client("kms"))
    assert code_of(s3.encrypt, KeyId=key, Plaintext=b"x") == "AccessDeniedException"
    role = server.client("sts").assume_role(RoleArn="arn:aws:iam::%s:role/AutoScaling" % ACCOUNT,
                                            RoleSessionName="direct")["Credentials"]
    assert code_of(server.client("kms", role).encrypt, KeyId=key, Plaintext=b"x") == "AccessDeniedException"
    someone = through("ec2.us-east-1.amazonaws.com", user(server, "impostor", "AssentOperator")("kms"))
    assert code_of(someone.encrypt, KeyId=key, Plaintext=b"x") == "AccessDeniedException"
