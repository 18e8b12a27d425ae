#!/usr/bin/env python3
"""How a daemon bears many open pages: bench_live.py BINARY [--pages N] [--deliveries N]

The firm is the demo's, with a real Dovecot; N pages of its inbox are open, twenty to a session, each
with its line for events. Mail comes; every page hears of it and asks for its regions anew, all at
once. Part of `bench`; by itself it prints what it has found. The pages need processor time of the
same machine, so that the last of them are late by their own doing, too.
"""

import argparse
import asyncio
import json
import os
import pathlib
import resource
import statistics
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Pages"))

from crowd import Crowd
from firm import Firm
from wire import ExistsWatcher


def percentile(figures, share):
    return sorted(figures)[min(len(figures) - 1, int(len(figures) * share))]


async def watch(crowd, watcher, firm, deliveries):
    """The figures of a crowd, in milliseconds and MB."""
    before = crowd.figure("VmRSS")
    await crowd.open()
    opened = crowd.figure("VmRSS")
    heard, spread, shown, most, used = [], [], [], opened, crowd.processor()
    for number in range(deliveries):
        told = len(watcher.moments)
        moments = await crowd.change(lambda: firm.deliver(f"Takt {number:03}", "Guten Tag, anbei die Unterlagen."))
        while len(watcher.moments) == told:
            await asyncio.sleep(0.01)
        first = min(moment for moment, _ in moments)
        exists = watcher.moments[told]
        heard += [(moment - exists) * 1000 for moment, _ in moments]
        spread += [(moment - first) * 1000 for moment, _ in moments]
        shown += [(last - moment) * 1000 for moment, last in moments]
        most = max(most, crowd.figure("VmRSS"))
    threads, used, renewed = crowd.figure("Threads"), crowd.processor() - used, sum(len(page.shown) for page in crowd.pages)
    await crowd.close()
    return {
        "pages": len(crowd.pages), "deliveries": deliveries, "threads": threads,
        "memory_before": before / 1024, "memory_open": opened / 1024, "memory_most": most / 1024,
        "heard": statistics.median(heard), "heard_99": percentile(heard, 0.99),
        "spread": statistics.median(spread), "spread_99": percentile(spread, 0.99),
        "shown": statistics.median(shown), "shown_99": percentile(shown, 0.99),
        "octets": sum(page.octets for page in crowd.pages) / renewed,
        "renewals": renewed / len(crowd.pages) / deliveries, "processor": used * 1000 / renewed,
    }


def on(firm, pages, deliveries):
    """The figures of so many pages of a firm."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4 * pages + 256)), hard))
    watcher = ExistsWatcher(firm)
    try:
        return asyncio.run(watch(Crowd(firm, pages), watcher, firm, deliveries))
    finally:
        watcher.close()


def measure(binary, pages=500, deliveries=20):
    firm = Firm(binary)
    try:
        return on(firm, pages, deliveries)
    finally:
        firm.close()


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
