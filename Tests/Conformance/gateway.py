"""A gateway and an MMSC as two processes of their own, on loopback."""

import json
import os
import pathlib
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

PLAN = "bakery"  # The plan of the OpenAPI file's examples.
TOKEN = "bakery-token"
SECRET = "bakery-secret"
SENDER = "12025550100"
PROJECT = "5f0c1a9e-2c9b-4c55-9d0e-0000b4ce4711"
KEY, KEY_SECRET = "bakery-key", "bakery-key-secret"
# A project of its own for the Conversation API: what apps of the other receive is the plan's that names it.
APPS_PROJECT = "2a8d5f60-0000-4000-8000-000000000007"
APPS_KEY, APPS_KEY_SECRET = "apps-key", "apps-key-secret"
APP = "01KN6K1A4TB4KERY5H0P0APP10"  # Of the configuration.
CONVERSATION_APP = "01KN6K1A4TB4KERY5H0P0APP11"  # Of the configuration too, with conversations.
CONFIGURED_SENDER = "12025550160"
APP_SENDER = "12025550161"  # Of an app that is made through the API.
WEBHOOK_SECRET = "secret-of-the-hook"


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Gateway:
    """Serves while the `with` lasts; `url` is where customers call, `mmscs` the port for posts of MMSCs."""

    def __init__(self, program, receiver_url, more_plans=()):
        self.program = program
        self.receiver_url = receiver_url
        self.more_plans = list(more_plans)
        self.processes = []
        self.folder = tempfile.TemporaryDirectory(prefix="mm7-conformance-")
        self.customers, self.batches, self.mmscs, self.operations, self.mmsc = free_ports(5)
        self.url = f"http://127.0.0.1:{self.customers}"
        self.batch_url = f"http://127.0.0.1:{self.batches}"

    def __enter__(self):
        try:
            self._start("mock-mmsc", "--listen", f"127.0.0.1:{self.mmsc}", "--report-delay", "50ms",
                        "--callback-url", f"http://127.0.0.1:{self.mmscs}/mm7/north")
            path = pathlib.Path(self.folder.name, "mm7-gateway.json")
            path.write_text(json.dumps(self._configuration(), indent=2))
            accounts = pathlib.Path(self.folder.name, "channel_credentials.json")
            accounts.write_text(json.dumps({"channel_credentials": [{"channel": "MMS", "mms_credentials": {
                "account_id": "bakery-17", "api_key": "bakery", "default_sender": CONFIGURED_SENDER}}]}))
            self._start("serve", "--config", str(path))
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
        self.folder.cleanup()

    @property
    def is_alive(self):
        return all(process.poll() is None for process in self.processes)

    @property
    def log(self):
        """What the gateway had to say, for a run that failed."""
        return pathlib.Path(self.folder.name, "serve.log").read_text(errors="replace")

    def _start(self, command, *arguments):
        with open(pathlib.Path(self.folder.name, f"{command}.log"), "wb") as log:
            self.processes.append(
                subprocess.Popen([self.program, command, *arguments], stdout=log, stderr=log, env=dict(os.environ)))

    def _configuration(self):
        listen = "127.0.0.1:{}".format
        return {
            "server": {"listen": listen(self.customers), "batch_listen": listen(self.batches)},
            "mm7": {"listen": listen(self.mmscs)},
            "operations": {"listen": listen(self.operations)},
            "data_directory": "data",
            "channel_credentials": "channel_credentials.json",
            "service_plans": [{
                "id": PLAN, "api_tokens": [TOKEN], "default_originator": SENDER, "numbers": [SENDER],
                "callback_url": f"{self.receiver_url}/hooks", "callback_secret": SECRET, "project": PROJECT,
                "text_as_mms": True,
            }] + self.more_plans,
            "projects": [{
                "id": PROJECT, "access_keys": [{"id": KEY, "secret": KEY_SECRET}],
            }, {
                "id": APPS_PROJECT, "access_keys": [{"id": APPS_KEY, "secret": APPS_KEY_SECRET}],
                "apps": [{
                    "id": APP, "account": "bakery-17", "numbers": [CONFIGURED_SENDER],
                    "webhooks": [{
                        "target": f"{self.receiver_url}/configured", "triggers": ["MESSAGE_DELIVERY", "MESSAGE_INBOUND"],
                        "secret": WEBHOOK_SECRET}],
                }, {"id": CONVERSATION_APP, "account": "bakery-17", "processing_mode": "CONVERSATION"}],
            }],
            "mmscs": [{"name": "north", "url": f"http://127.0.0.1:{self.mmsc}/mm7", "vaspid": "bakery"}],
            "routes": [{"prefix": "", "mmscs": ["north"]}],
            "egress": {"allow": ["127.0.0.0/8"]},
            "log": {"level": "warning"},
        }

    def _wait(self, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not self.is_alive:
                raise SystemExit(f"The gateway ended before it served:\n{self.log}")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.operations}/readyz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise SystemExit(f"The gateway was not ready after {seconds} s:\n{self.log}")
