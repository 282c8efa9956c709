"""Runs the parts against one gateway and sums up. Ends with 0 only if everything held."""

import sys
import time

import openapi
import sdk
import storage
from gateway import Gateway
from receiver import Receiver


def main(program, only=None):
    started = time.monotonic()
    results = []
    with Receiver() as receiver, Gateway(program, receiver.url) as gateway:
        for name, part in [("sdk", sdk), ("openapi", openapi), ("storage", storage)]:
            if only in (None, name):
                print(f"\n== {part.TITLE}", flush=True)
                results += part.run(gateway, receiver)
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
