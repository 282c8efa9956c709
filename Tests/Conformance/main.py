"""Runs the parts against one gateway and sums up. Ends with 0 only if everything held."""

import sys
import time

import conversation
import conversation_resources
import openapi
import sdk
import sdks
import storage
from checks import Calls
from gateway import Gateway
from receiver import Receiver

PARTS = {"sdk": [sdk, conversation_resources, conversation], "openapi": [openapi], "storage": [storage]}


def main(program, only=None):
    started = time.monotonic()
    results = []
    calls = Calls()
    with Receiver() as receiver, Gateway(program, receiver.url) as gateway:
        for name, modules in PARTS.items():
            for module in modules if only in (None, name) else []:
                print(f"\n== {module.TITLE}", flush=True)
                results += module.run(gateway, receiver, calls)
        if calls.operations:
            results += sdks.run(calls)
        results.append(("the gateway still serves", None if gateway.is_alive else "it ended"))
        failed = [(name, fault) for name, fault in results if fault]
        if failed and gateway.log.strip():
            print("\n== What the gateway said\n" + gateway.log[-4000:])
    print(f"\n== {len(results) - len(failed)} of {len(results)} held, in {time.monotonic() - started:.0f} s")
    for name, fault in failed:
        print(f"FAILED  {name}: {fault}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
