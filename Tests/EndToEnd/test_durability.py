# SPDX-License-Identifier: Apache-2.0
"""Whatever was acknowledged survives kill -9, and every submitted RFC ends with exactly one stack and one key."""
import concurrent.futures
import json
import random
import threading

import pytest
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

from assent_server import parameters

KEY = "ct-1d84keiri1jhg"
ROUNDS = 25
BROKEN = (BotoCoreError, HTTPClientError, ConnectionError)


def submit_until_killed(server, prefix, acknowledged, stop):
    """Files and submits RFCs one after the other; notes what was acknowledged."""
    amscm = server.client("amscm")
    number = 0
    while not stop.is_set():
        number += 1
        name = "%s-%d" % (prefix, number)
        try:
            created = amscm.create_rfc(ChangeTypeId=KEY, ChangeTypeVersion="1.0", Title=name,
                                       ExecutionParameters=json.dumps(parameters(name)))
            acknowledged["created"].append((created["RfcId"], name))
            amscm.submit_rfc(RfcId=created["RfcId"])
            acknowledged["submitted"].append(created["RfcId"])
        except BROKEN:
            return


def all_pages(operation, member, token="Marker", next_token="NextMarker", **arguments):
    """Every element of a list operation."""
    found, answer = [], operation(**arguments)
    found += answer[member]
    while answer.get(next_token):
        answer = operation(**arguments, **{token: answer[next_token]})
        found += answer[member]
    return found


@pytest.mark.timeout(600)
def test_a_killed_server_loses_and_doubles_nothing(new_server):
    """Kills the server at moments drawn at random (the seed is fixed, the machine's timing is not)."""
    draw = random.Random(2026)
    server = new_server()
    acknowledged = {"created": [], "submitted": []}
    for round_number in range(ROUNDS):
        server.start()
        stop = threading.Event()
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for worker in range(4):
                pool.submit(submit_until_killed, server, "r%d-w%d" % (round_number, worker), acknowledged, stop)
            threading.Event().wait(draw.uniform(0.02, 0.6))
            server.kill()
            stop.set()
    server.start()
    amscm, kms, cloudformation = (server.client(name) for name in ("amscm", "kms", "cloudformation"))
    assert len(acknowledged["submitted"]) > ROUNDS, "the rounds were too short to prove anything"
    for rfc_id, name in acknowledged["created"]:
        assert amscm.get_rfc(RfcId=rfc_id)["Rfc"]["Title"] == name
    keys_of_rfcs = []
    for rfc_id in acknowledged["submitted"]:
        rfc = server.wait_for_rfc(rfc_id, amscm)
        assert rfc["Status"]["Id"] == "Success", rfc
        output = json.loads(rfc["ExecutionOutput"])
        resources = cloudformation.describe_stack_resources(StackName=output["stack_id"])["StackResources"]
        assert [(r["ResourceType"], r["PhysicalResourceId"]) for r in resources] == [
            ("AWS::KMS::Key", output["key_id"])]
        keys_of_rfcs.append(output["key_id"])
    assert len(set(keys_of_rfcs)) == len(keys_of_rfcs)

    # A submission that was cut off may or may not have counted; whatever counted has one stack and one key.
    successes = set()
    token = {}
    while True:
        page = amscm.list_rfc_summaries(MaxResults=100, **token)
        for summary in page["RfcSummaries"]:
            if summary["Status"]["Id"] not in ("Editing", "Success"):
                server.wait_for_rfc(summary["RfcId"], amscm)
            if amscm.get_rfc(RfcId=summary["RfcId"])["Rfc"]["Status"]["Id"] == "Success":
                successes.add(summary["RfcId"])
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert successes >= set(acknowledged["submitted"])
    stacks = all_pages(cloudformation.describe_stacks, "Stacks", "NextToken", "NextToken")
    assert len(stacks) == len(successes)
    assert all(stack["StackStatus"] == "CREATE_COMPLETE" for stack in stacks)
    keys = all_pages(kms.list_keys, "Keys")
    assert len(keys) == len(successes)


def test_keys_policies_and_ciphertexts_outlive_a_crash(new_server):
    server = new_server().start()
    kms = server.client("kms")
    key = kms.create_key(Description="before the crash")["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName="alias/crash", TargetKeyId=key)
    policy = kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"]
    blob = kms.encrypt(KeyId="alias/crash", Plaintext=b"before", EncryptionContext={"App": "x"})["CiphertextBlob"]
    kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    server.kill()
    server.start()
    kms = server.client("kms")
    assert kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "PendingDeletion"
    kms.cancel_key_deletion(KeyId=key)
    kms.enable_key(KeyId=key)
    assert kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"] == policy
    assert kms.decrypt(CiphertextBlob=blob, EncryptionContext={"App": "x"})["Plaintext"] == b"before"
    with pytest.raises(ClientError) as wrong:
        kms.decrypt(CiphertextBlob=blob, EncryptionContext={"App": "y"})
    assert wrong.value.response["Error"]["Code"] == "InvalidCiphertextException"
