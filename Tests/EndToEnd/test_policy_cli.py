# SPDX-License-Identifier: Apache-2.0
"""`assent policy`: answers about files, live keys and RFCs; every witness replayed against the embedded KMS."""
import json
import subprocess

import pytest
from botocore.exceptions import ClientError

from assent_server import BINARY, parameters

ACCOUNT = "123456789012"
KEY = "ct-1d84keiri1jhg"
SEVEN = {
    "decrypt": {"IAMPrincipalsRequiringDecryptPermissions": ["ARN:role/roleA", "ARN:user/userB",
                                                             "ARN:role/instanceProfileA"]},
    "encrypt": {"IAMPrincipalsRequiringEncryptPermissions": ["ARN:role/roleA", "ARN:user/userB",
                                                             "ARN:role/instanceProfileA"]},
    "create-grants": {"IAMPrincipalsRequiringGrantsPermissions": ["role/roleA", "888888888888"]},
    "limit-to-services": {"IAMPrincipalsRequiringGrantsPermissions": ["role/roleA"],
                          "LimitGrantsToAWSResources": "true"},
    "encryption-keys": {"EnforceEncryptionContextKeys": "true",
                        "IAMPrincipalsRequiringEncryptPermissions": ["user/userB"]},
    "encryption-list": {"AllowedEncryptionContextKeys": ["Name", "Application"],
                        "IAMPrincipalsRequiringDecryptPermissions": ["role/roleA"]},
    "allow-aws-service-access": {"AllowServiceRolesAccessKMSKeys": ["ec2.us-east-1.amazonaws.com",
                                                                    "ecr.us-east-1.amazonaws.com"]},
}
EVERYTHING = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}]})
OPEN = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:*", "Resource": "*"}]})


def policy(*arguments, code=0, text=None):
    """Runs `assent policy`, and returns what it prints."""
    done = subprocess.run([BINARY, "policy", *arguments], input=text, capture_output=True, text=True)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout if code != 64 else done.stderr


def make_key(server, name, more, version="1.0"):
    """The RFC and the id of a key made by a request for change."""
    amscm = server.client("amscm")
    rfc = amscm.create_rfc(ChangeTypeId=KEY, ChangeTypeVersion=version, Title=name,
                           ExecutionParameters=json.dumps(parameters(name, more)))["RfcId"]
    amscm.submit_rfc(RfcId=rfc)
    return rfc, json.loads(server.wait_for_rfc(rfc)["ExecutionOutput"])["key_id"]


class Callers:
    """Users and roles of the account by the names in witnesses, with or without an identity policy that allows KMS."""

    def __init__(self, server):
        self.server = server
        self.iam = server.client("iam")
        self.clients = {}

    def client(self, witness, has_policy):
        """A KMS client that calls as a witness does, `None` for a caller of another account."""
        principal = witness["principal"]
        if principal.split(":")[4] != ACCOUNT:
            return None
        own = self.own_client(principal, has_policy)
        service = witness["context"].get("kms:viaservice")
        if service is None:
            return own
        through = self.server.client("kms")
        headers = {"X-Assent-Via-Service": service, "X-Assent-On-Behalf-Of": witness["context"]["aws:principalarn"]}
        through.meta.events.register(
            "before-sign.kms.*", lambda request, **_: [request.headers.add_header(*pair) for pair in headers.items()])
        return through

    def own_client(self, principal, has_policy):
        """A KMS client that signs as a principal."""
        kind, name = principal.split(":")[5].split("/")[:2]
        if principal not in self.clients:
            self.clients[principal] = self.user(name) if kind == "user" else self.session(name, principal)
        noun, member = ("user", "UserName") if kind == "user" else ("role", "RoleName")
        if has_policy:
            getattr(self.iam, "put_%s_policy" % noun)(**{member: name}, PolicyName="kms", PolicyDocument=EVERYTHING)
        else:
            try:
                getattr(self.iam, "delete_%s_policy" % noun)(**{member: name}, PolicyName="kms")
            except self.iam.exceptions.NoSuchEntityException:
                pass
        return self.clients[principal]

    def user(self, name):
        """A client of a user that is made for it."""
        self.iam.create_user(UserName=name)
        return self.server.client("kms", self.iam.create_access_key(UserName=name)["AccessKey"])

    def session(self, name, principal):
        """A client of a session of a role that is made for it."""
        trust = json.dumps({"Version": "2012-10-17", "Statement": []})
        try:
            self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)
        except self.iam.exceptions.EntityAlreadyExistsException:
            pass
        answer = self.server.client("sts").assume_role(
            RoleArn="arn:aws:iam::%s:role/%s" % (ACCOUNT, name), RoleSessionName=principal.split("/")[-1])
        return self.server.client("kms", answer["Credentials"])


def context_of(witness):
    """The encryption context of a witness, names in their own case."""
    keys = witness["context"]
    return {name: keys.get("kms:encryptioncontext:" + name.lower(), "value")
            for name in keys.get("kms:encryptioncontextkeys", [])}


def call_of(kms, key, spare, witness, stored, blobs):
    """How a witness is called; `None` for an operation whose call would need more than the witness says."""
    context = context_of(witness)
    by_context = json.dumps(context, sort_keys=True)
    calls = {
        "kms:Encrypt": lambda: kms.encrypt(KeyId=key, Plaintext=b"x", EncryptionContext=context),
        "kms:Decrypt": lambda: kms.decrypt(KeyId=key, CiphertextBlob=blobs(key, by_context),
                                           EncryptionContext=context),
        "kms:ReEncryptFrom": lambda: kms.re_encrypt(
            SourceKeyId=key, CiphertextBlob=blobs(key, by_context), SourceEncryptionContext=context,
            DestinationKeyId=spare, DestinationEncryptionContext=context),
        "kms:ReEncryptTo": lambda: kms.re_encrypt(
            SourceKeyId=spare, CiphertextBlob=blobs(spare, by_context), SourceEncryptionContext=context,
            DestinationKeyId=key, DestinationEncryptionContext=context),
        "kms:GenerateDataKey": lambda: kms.generate_data_key(KeyId=key, KeySpec="AES_256",
                                                             EncryptionContext=context),
        "kms:GenerateDataKeyWithoutPlaintext": lambda: kms.generate_data_key_without_plaintext(
            KeyId=key, KeySpec="AES_256", EncryptionContext=context),
        "kms:CreateGrant": lambda: kms.create_grant(
            KeyId=key, GranteePrincipal="arn:aws:iam::%s:role/grantee" % ACCOUNT, Operations=["Encrypt"], DryRun=True,
            **({"Constraints": {"EncryptionContextSubset": context}} if context else {})),
        "kms:EnableKey": lambda: kms.enable_key(KeyId=key),
        "kms:PutKeyPolicy": lambda: kms.put_key_policy(
            KeyId=key, PolicyName="default", Policy=stored, BypassPolicyLockoutSafetyCheck=True),
    }
    return calls.get(witness["action"])


def is_allowed(call):
    """Whether KMS lets a call through; anything but a refusal or success is an error."""
    try:
        call()
    except ClientError as error:
        code = error.response["Error"]["Code"]
        assert code in ("AccessDeniedException", "DryRunOperationException"), error
        return code == "DryRunOperationException"
    return True


@pytest.fixture(scope="module")
def spare(server):
    """A key that everybody may use, for the other side of ReEncrypt."""
    return server.client("kms").create_key(Policy=OPEN, BypassPolicyLockoutSafetyCheck=True)["KeyMetadata"]["KeyId"]


@pytest.fixture(scope="module")
def callers(server):
    """The callers that witnesses name, made once."""
    return Callers(server)


@pytest.mark.parametrize("name", SEVEN)
def test_every_witness_replays_against_kms(server, spare, callers, name):
    _, key = make_key(server, "replay-" + name, SEVEN[name])
    data = ["--data-dir", str(server.data_dir)]
    matrix = json.loads(policy("matrix", "--key", key, "--json", *data))
    admin = server.client("kms")
    stored = admin.get_key_policy(KeyId=key, PolicyName="default")["Policy"]
    made = {}

    def blobs(of, context):
        """A ciphertext of a key under a context, whatever the key's policy says about making one."""
        if (of, context) not in made:
            if of == key:
                admin.put_key_policy(KeyId=key, PolicyName="default", Policy=OPEN)
            made[of, context] = admin.encrypt(KeyId=of, Plaintext=b"x",
                                              EncryptionContext=json.loads(context))["CiphertextBlob"]
            if of == key:
                admin.put_key_policy(KeyId=key, PolicyName="default", Policy=stored)
        return made[of, context]

    witnesses = {json.dumps(cell["witness"], sort_keys=True): cell["witness"]
                 for row in matrix["rows"] for cell in row["cells"] if "witness" in cell}.values()
    verdicts = set()
    replayed = 0
    for has_policy in (False, True):
        for witness in witnesses:
            kms = callers.client(witness, has_policy)
            if kms is None:
                continue
            call = call_of(kms, key, spare, witness, stored, blobs)
            if call is None:
                continue
            if witness["action"] in ("kms:Decrypt", "kms:ReEncryptFrom"):
                blobs(key, json.dumps(context_of(witness), sort_keys=True))
            access = witness["access"]
            expected = access.startswith("allowed") and (has_policy or "if an identity policy" not in access)
            assert is_allowed(call) == expected, (has_policy, witness)
            verdicts.add((expected, "kms:viaservice" in witness["context"]))
            replayed += 1
    assert {(True, False), (False, False)} <= verdicts
    assert ("service" in name) == ((True, True) in verdicts)
    assert replayed >= 14


def test_a_live_key_an_rfc_and_a_file_say_the_same(server, tmp_path):
    rfc, key = make_key(server, "same", {**SEVEN["encrypt"], "EnforceEncryptionContextKeys": "true"})
    data = ["--data-dir", str(server.data_dir)]
    stored = server.client("kms").get_key_policy(KeyId=key, PolicyName="default")["Policy"]
    (tmp_path / "policy.json").write_text(stored)
    matrices = [json.loads(policy("matrix", *source, "--json", *data))
                for source in (["--key", key], ["--rfc", rfc], [str(tmp_path / "policy.json")])]
    assert matrices[0] == matrices[1] == matrices[2]
    assert "No change in meaning" in policy("diff", "key:" + key, "rfc:" + rfc, *data)
    assert policy("explain", "-", text=stored) == policy("explain", "--key", key, *data)
    assert all(len(line) <= 100 for line in policy("matrix", "--key", key, *data).splitlines())
    assert "\x1b" not in policy("explain", "--key", key, *data)


def test_exit_codes_tell_scripts_the_answer(server, tmp_path):
    _, key = make_key(server, "codes", SEVEN["encrypt"])
    key_options = ["--key", key, "--data-dir", str(server.data_dir)]
    assert policy("can", "role/roleA", "Encrypt", *key_options).startswith("Yes")
    assert policy("can", "role/roleA", "Encrypt", *key_options, "--context", "kms:EncryptionContext:App=x")
    outside = policy("can", "anyone", "anything", *key_options, "--outside-of", ACCOUNT, code=1)
    assert outside.startswith("No")
    assert "roleA" in policy("who-can", "Decrypt", *key_options)
    decision = json.loads(policy("explain", *key_options, "--principal", "role/roleA", "--action", "Decrypt", "--json",
                                 code=1))
    assert decision["result"] == "ImplicitlyDenied"
    assert "ENCRYPTOR_CAN_DECRYPT" in policy("lint", *key_options, code=1)
    assert "NotFoundException" in policy("matrix", "--key", "1234abcd-12ab-34cd-56ef-1234567890ab",
                                         "--data-dir", str(server.data_dir), code=64)
    assert "no server" in policy("matrix", "--key", key, "--data-dir", str(tmp_path), code=64)
    assert "can't be read" in policy("explain", str(tmp_path / "missing.json"), code=64)
    assert "no KMS operation" in policy("can", "role/x", "kms:Frobnicate", *key_options, code=64)


def test_an_rfc_shows_its_plan_before_anything_exists(server):
    amscm = server.client("amscm")
    draft = dict(ChangeTypeId=KEY, ChangeTypeVersion="1.0", Title="unplanned")
    empty = amscm.create_rfc(**draft)["RfcId"]
    at = ("--data-dir", str(server.data_dir))
    assert "no ExecutionParameters" in policy("explain", "--rfc", empty, *at, code=64)
    more = {"IAMPrincipalsRequiringEncryptPermissions": ["role/writer"]}
    rfc = amscm.create_rfc(ExecutionParameters=json.dumps(parameters("planned", more)), **draft)["RfcId"]
    assert "role/writer" in policy("matrix", "--rfc", rfc, *at)
    plan = server.aws("amscm", "get-rfc-plan", "--rfc-id", rfc).json
    assert plan["Approved"] is False and json.loads(plan["Plan"])["action"]["kind"] == "create-stack"
    assert amscm.get_rfc(RfcId=rfc)["Rfc"]["Status"]["Id"] == "Editing"
    amscm.submit_rfc(RfcId=rfc)
    output = json.loads(server.wait_for_rfc(rfc)["ExecutionOutput"])
    approved = server.aws("amscm", "get-rfc-plan", "--rfc-id", rfc).json
    assert approved["Approved"] is True
    assert approved["PlanHash"] == plan["PlanHash"] == output["plan_hash"]


def test_conformance_cases_are_answered_line_by_line():
    case = {"id": 7, "request": {"action": "s3:GetObject", "principal": "arn:aws:iam::%s:user/a" % ACCOUNT,
                                 "resource": {"resource": "arn:aws:s3:::b/o", "accountId": ACCOUNT}, "context": {}},
            "identityPolicies": [{"name": "one", "policy": json.loads(EVERYTHING)}]}
    done = subprocess.run([BINARY, "conformance", "policy"], input=json.dumps(case) + "\nnonsense\n",
                          capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert answers[0] == {"id": 7, "result": "ImplicitlyDenied"}
    assert answers[1]["id"] is None and "not valid JSON" in answers[1]["error"]
