"""Uploads into a bucket of moto's S3, which checks signatures with AWS's own signer, by the uploader alone and by a
gateway that gets a picture from a handset; boto3 reads what is there."""

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

from gateway import Gateway, free_ports
from handset import deliver, picture, text
from receiver import PICTURE

TITLE = "A bucket"
ROOT = pathlib.Path(__file__).parents[2]
REGION, BUCKET = "eu-central-1", "bakery-media"
KEY = re.compile(r"inbound/20\d\d/[01]\d/[0-3]\d/[0-9a-f]{32}/a_b\.jpg")
PHONE_KEY = re.compile(r"phone/20\d\d/[01]\d/[0-3]\d/[0-9a-f]{32}/our_cake\.jpg")
GOOD, NO_BUCKET, WRONG_KEY = "12025550111", "12025550112", "12025550113"  # Numbers of plans by how their buckets are.
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


def plans(url, key_id, secret, callback_url):
    def plan(number, **changes):
        storage = {"endpoint": url, "region": REGION, "bucket": BUCKET, "prefix": "phone/", "access_key_id": key_id,
                   "secret_access_key": secret, **changes}
        return {"id": f"plan-{number}", "api_tokens": [f"token-{number}"], "numbers": [number],
                "callback_url": callback_url, "storage": storage}
    return [plan(GOOD), plan(NO_BUCKET, bucket="no-such-bucket"), plan(WRONG_KEY, secret_access_key="another")]


def told(receiver, number):
    """The media that the webhook was told of for a message to that number."""
    def is_wanted(_, body):
        return json.loads(body).get("to") == number
    call = receiver.wait(is_wanted)
    assert call, f"no callback came for {number}"
    message = json.loads(call[1])
    assert message["type"] == "mo_media" and message["body"]["message"] == "Our cake", message
    return message["body"]["media"]


def from_handsets(program, receiver, url, key_id, secret):
    """A gateway of its own with a plan for each case."""
    callback_url = f"{receiver.url}/hooks"
    with Gateway(program, receiver.url, plans(url, key_id, secret, callback_url)) as gateway:
        try:
            for number in (GOOD, NO_BUCKET, WRONG_KEY):
                deliver(gateway.mmscs, number, text("Our cake"), picture())
            item, = told(receiver, GOOD)
            start = f"{url}/{BUCKET}/"
            assert item["url"].startswith(start), item
            key = item["url"].removeprefix(start)
            assert PHONE_KEY.fullmatch(key), key
            assert {**item, "url": ""} == {
                "url": "", "content_type": "image/jpeg", "status": "Uploaded", "code": 0}, item
            found = client("s3", url, key_id, secret).get_object(Bucket=BUCKET, Key=key)
            assert found["ContentType"] == "image/jpeg" and found["Body"].read() == PICTURE.read_bytes()
            for number, code in ((NO_BUCKET, 2), (WRONG_KEY, 3)):
                expected = [{"content_type": "image/jpeg", "status": "Failed", "code": code}]
                assert told(receiver, number) == expected, told(receiver, number)
        except Exception as error:
            raise AssertionError(f"{type(error).__name__}: {error}\nThe gateway said:\n{gateway.log[-2000:]}") from error


def uploads(program, receiver):
    """Gives the name of each check once it was made."""
    with tempfile.TemporaryDirectory(prefix="mm7-storage-") as folder, storage(pathlib.Path(folder)) as url:
        file, content = pathlib.Path(folder, "picture.jpg"), os.urandom(SIZE)
        file.write_bytes(content)
        access = open_bucket(url)
        upload(url, *access, file)
        yield "a signed upload is taken; a wrong secret, an unknown key and no bucket have their codes"
        read_back(url, *access, content)
        yield "boto3 finds the one object under its key, with its bytes and type"
        from_handsets(program, receiver, url, *access)
        yield "a picture from a handset is in its plan's bucket and told with its link; without one, code 2 or 3"


def run(gateway, receiver, calls):
    results = []
    try:
        for name in uploads(gateway.program, receiver):
            print(f"ok      {name}", flush=True)
            results.append((name, None))
    except Exception as error:  # The other parts are summed up all the same.
        name = "uploads into a bucket"
        print(f"FAILED  {name}", flush=True)
        results.append((name, f"{type(error).__name__}: {error}"))
    return results
