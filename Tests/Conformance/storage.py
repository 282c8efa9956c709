"""Uploads into a bucket of moto's S3, which checks signatures with AWS's own signer; boto3 reads what is there."""

import contextlib
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time

import boto3

from gateway import free_ports

TITLE = "A bucket"
ROOT = pathlib.Path(__file__).parents[2]
REGION, BUCKET = "eu-central-1", "bakery-media"
KEY = re.compile(r"inbound/20\d\d/[01]\d/[0-3]\d/[0-9a-f]{32}/a_b\.jpg")
SIZE = 3_000_000  # More than what libcurl reads at once.

# What is done before the storage begins to ask who calls: a user, what it may, its key, and the bucket.
UNCHECKED_CALLS = 4


@contextlib.contextmanager
def storage(folder):
    """moto's server; gives its address."""
    port, = free_ports(1)
    command = [pathlib.Path(sys.executable).with_name("moto_server"), "-H", "127.0.0.1", "-p", str(port)]
    environment = {**os.environ, "INITIAL_NO_AUTH_ACTION_COUNT": str(UNCHECKED_CALLS)}
    with open(folder / "storage.log", "wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        try:
            wait(process, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait(process, port, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the storage did not start")


def client(service, url, key_id="anyone", secret="anything"):
    return boto3.client(
        service, endpoint_url=url, region_name=REGION, aws_access_key_id=key_id, aws_secret_access_key=secret)


def open_bucket(url):
    """A bucket and a key of a user that may use it."""
    users = client("iam", url)
    users.create_user(UserName="gateway")
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
    users.put_user_policy(UserName="gateway", PolicyName="all", PolicyDocument=json.dumps(policy))
    key = users.create_access_key(UserName="gateway")["AccessKey"]
    client("s3", url).create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    return key["AccessKeyId"], key["SecretAccessKey"]


def upload(url, key_id, secret, file):
    """Runs the tests that wait for a storage; they say what was wrong."""
    environment = {
        **os.environ, "S3_ENDPOINT": url, "S3_REGION": REGION, "S3_BUCKET": BUCKET, "S3_ACCESS_KEY_ID": key_id,
        "S3_SECRET_ACCESS_KEY": secret, "S3_FILE": str(file)}
    command = ["swift", "test", "--filter", "ObjectStorageTests.RealStorageTests"]
    result = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=1800)
    if result.returncode or not re.search(r"Test run with [1-9]\d* tests .*passed", result.stdout):
        raise AssertionError(f"swift test ended with {result.returncode}:\n{result.stdout[-3000:]}")


def read_back(url, key_id, secret, content):
    bucket = client("s3", url, key_id, secret)
    keys = [each["Key"] for each in bucket.list_objects_v2(Bucket=BUCKET).get("Contents", [])]
    assert len(keys) == 1 and KEY.fullmatch(keys[0]), keys
    found = bucket.get_object(Bucket=BUCKET, Key=keys[0])
    assert found["ContentType"] == "image/jpeg", found["ContentType"]
    assert found["Body"].read() == content, "the object has other bytes"


def uploads():
    """Gives the name of each check once it was made."""
    with tempfile.TemporaryDirectory(prefix="mm7-storage-") as folder, storage(pathlib.Path(folder)) as url:
        file, content = pathlib.Path(folder, "picture.jpg"), os.urandom(SIZE)
        file.write_bytes(content)
        access = open_bucket(url)
        upload(url, *access, file)
        yield "a signed upload is taken; a wrong secret, an unknown key and no bucket have their codes"
        read_back(url, *access, content)
        yield "boto3 finds the one object under its key, with its bytes and type"


def run(*_):
    results = []
    try:
        for name in uploads():
            print(f"ok      {name}", flush=True)
            results.append((name, None))
    except Exception as error:  # The other parts are summed up all the same.
        name = "uploads into a bucket"
        print(f"FAILED  {name}", flush=True)
        results.append((name, f"{type(error).__name__}: {error}"))
    return results
