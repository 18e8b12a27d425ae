#!/usr/bin/env python3
"""How a daemon bears many open pages: bench_live.py BINARY [--pages N] [--deliveries N]

The firm is the demo's, with a real Dovecot; N pages of its inbox are open, twenty to a session, each
with its line for events. Mail comes; every page hears of it and asks for its regions anew, all at
once. Part of `bench`; by itself it prints what it has found. The pages need processor time of the
same machine, so that the last of them are late by their own doing, too.
"""

import argparse
import json
import os
import pathlib
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Pages"))

from crowd import measured
from firm import Firm


def measure(binary, pages=500, deliveries=20):
    """See Crowd's `measured`."""
    firm = Firm(binary)
    try:
        return measured(firm, pages, deliveries)
    finally:
        firm.close()


def add(table, binary):
    """The lines of `bench`."""
    found = measure(binary)
    name = f"{found['pages']} open pages"
    table.figure(f"{name}: memory more", "MB", 50, found["memory_open"] - found["memory_before"])
    table.figure(f"{name}: and while all renew", "MB", 100, found["memory_most"] - found["memory_before"])
    table.figure(f"{name}: EXISTS to the event", "ms", 250, found["heard"])
    table.figure(f"{name}: first to last, p99", "ms", 100, found["spread_99"])
    table.figure(f"{name}: event to renewed", "ms", 1000, found["shown"])
    table.figure(f"{name}: threads", "", 40, found["threads"])


def main():
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("binary", type=os.path.abspath)
    reader.add_argument("--pages", type=int, default=500)
    reader.add_argument("--deliveries", type=int, default=20)
    wanted = reader.parse_args()
    began = time.monotonic()
    found = measure(wanted.binary, wanted.pages, wanted.deliveries)
    print(json.dumps({name: round(value, 1) for name, value in found.items()}, indent=2))
    print(f"{time.monotonic() - began:.0f} s; load at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
