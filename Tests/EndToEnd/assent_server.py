# SPDX-License-Identifier: Apache-2.0
"""Starts real Assent servers and runs the unmodified AWS CLI and boto3 against them."""
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import boto3
import botocore.config

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("ASSENT_BINARY", str(ROOT / ".build" / "debug" / "assent"))
AWS = str(pathlib.Path(sys.executable).parent / "aws")
FINAL = {"Success", "Failure", "Rejected", "Canceled"}


def free_port():
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class CLIResult:
    """What an AWS CLI command printed and how it ended."""

    def __init__(self, completed):
        self.code = completed.returncode
        self.out = completed.stdout
        self.err = completed.stderr

    @property
    def json(self):
        return json.loads(self.out)


class Server:
    """One server with its data directory."""

    def __init__(self, data_dir, port=None, options=()):
        self.data_dir = pathlib.Path(data_dir)
        self.port = port or free_port()
        self.options = list(options)
        self.process = None
        self.endpoint = "http://127.0.0.1:%d" % self.port

    def start(self):
        """Starts the server and returns when it answers."""
        self.log = open(self.data_dir.parent / (self.data_dir.name + ".log"), "ab")
        self.process = subprocess.Popen(
            [BINARY, "serve", "--port", str(self.port), "--data-dir", str(self.data_dir), *self.options],
            stdout=self.log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError("the server ended with %d:\n%s" % (self.process.returncode, self.log_text()))
            try:
                with urllib.request.urlopen(self.endpoint + "/healthz", timeout=2) as answer:
                    if answer.status == 200:
                        return self
            except (urllib.error.URLError, ConnectionError, socket.timeout):
                time.sleep(0.005)
        raise RuntimeError("the server did not become ready:\n" + self.log_text())

    def log_text(self):
        """Everything the server has printed."""
        self.log.flush()
        return pathlib.Path(self.log.name).read_text(errors="replace")

    def kill(self):
        """Ends the server as a crash would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Asks the server to end and waits until it has."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    @property
    def environment(self):
        """The environment of a user who pasted the lines that the server printed."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        environment.update({
            "AWS_CONFIG_FILE": str(self.data_dir / "aws" / "config"),
            "AWS_SHARED_CREDENTIALS_FILE": str(self.data_dir / "aws" / "credentials"),
            "AWS_DATA_PATH": str(self.data_dir / "aws" / "models"),
            "AWS_EC2_METADATA_DISABLED": "true",
        })
        return environment

    def aws(self, *arguments, check=True, cwd=None):
        """Runs the AWS CLI with arguments."""
        completed = subprocess.run([AWS, *arguments], env=self.environment, capture_output=True, text=True, cwd=cwd)
        if check and completed.returncode != 0:
            raise AssertionError("aws %s\n%s%s" % (" ".join(arguments), completed.stdout, completed.stderr))
        return CLIResult(completed)

    def shell(self, script, cwd):
        """Runs a POSIX shell script, as the founding document's commands are meant to be run."""
        environment = self.environment
        environment["PATH"] = str(pathlib.Path(AWS).parent) + os.pathsep + environment["PATH"]
        completed = subprocess.run(["sh", "-euc", script], env=environment, capture_output=True, text=True, cwd=cwd)
        if completed.returncode != 0:
            raise AssertionError("%s\n%s%s" % (script, completed.stdout, completed.stderr))
        return completed.stdout

    def client(self, service, access_key=None, **options):
        """A boto3 client, with the administrator's credentials or another key pair's."""
        session = boto3.session.Session(**self.session_arguments(access_key))
        loader = session._session.get_component("data_loader")
        models = str(self.data_dir / "aws" / "models")
        if models not in loader.search_paths:
            loader.search_paths.append(models)
        config = botocore.config.Config(retries={"max_attempts": 1}, connect_timeout=10, read_timeout=60,
                                        max_pool_connections=64)
        return session.client(service, endpoint_url=self.endpoint, config=config, **options)

    def session_arguments(self, access_key=None):
        """What a boto3 session needs."""
        if access_key is None:
            text = (self.data_dir / "aws" / "credentials").read_text()
            found = dict(re.findall(r"^(aws_\w+) = (\S+)$", text, re.M))
            access_key = {"AccessKeyId": found["aws_access_key_id"],
                          "SecretAccessKey": found["aws_secret_access_key"]}
        return {"aws_access_key_id": access_key["AccessKeyId"],
                "aws_secret_access_key": access_key["SecretAccessKey"],
                "aws_session_token": access_key.get("SessionToken"), "region_name": "us-east-1"}

    def create_access_key(self, principal):
        """Another key pair, from the command line."""
        completed = subprocess.run(
            [BINARY, "credentials", "create", "--principal", principal, "--data-dir", str(self.data_dir)],
            capture_output=True, text=True, check=True)
        return json.loads(completed.stdout)

    def wait_for_rfc(self, rfc_id, client=None, seconds=60):
        """The RFC once it is final, asked for as scripts do."""
        client = client or self.client("amscm")
        deadline = time.monotonic() + seconds
        while True:
            rfc = client.get_rfc(RfcId=rfc_id)["Rfc"]
            if rfc["Status"]["Id"] in FINAL:
                return rfc
            if time.monotonic() > deadline:
                raise AssertionError("RFC %s is still %s\n%s" % (rfc_id, rfc["Status"]["Id"], self.log_text()))
            time.sleep(0.01)


def parameters(name="my-app-key", more=None, **frame):
    """Execution parameters of the key change type, version 1.0, as the founding document writes them."""
    document = {"Description": "KMS key for my-app", "VpcId": "vpc-12345678901234567", "Name": name,
                "StackTemplateId": "stm-enf1j068fhg34vugt", "TimeoutInMinutes": 60,
                "Parameters": {"Description": "KMS key for my-app", **(more or {})}}
    document.update(frame)
    return document
