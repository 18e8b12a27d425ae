#!/usr/bin/env python3
"""How gently the tree of documents is looked after: 200,000 documents that people edit in place.

    bench_disk.py BINARY [--accounts N] [--documents N] [--changes N] [--folder FOLDER]

A firm of 500 accounts with four folders each and a hundred documents in every folder is made up in FOLDER,
/var/tmp unless named: rows and files are written straight away, for it is not the filing that is measured.
Then the daemon is started: its first pass looks at all of it. Measured are that pass with what the kernel knows
of the files in memory and, for root, without; what the daemon takes of a processor while it passes, how long a
page takes meanwhile, its memory, and the time from a file's last octet to the document's new version.
Everything is removed again.

Ends with 1 when a goal is missed. A machine that has other work has no figures.
"""

import argparse
import hashlib
import json
import os
import pathlib
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Pages"))

from daemon import Daemon

FOLDERS = [("Internal", "private"), ("Shared with client", "view"), ("Uploads", "edit"), ("Taxes", "private")]
PASS, MEMORY, VERSION = 5.0, 80, 2.0


class Tree(Daemon):
    """A firm whose staff edit documents in place."""

    def __init__(self, binary, folder):
        super().__init__(binary, folder)
        self.config.write_text(self.config.read_text().replace("[storage]", '[storage]\ndocuments = "copies"'))
        self.tree, self.database = self.folder / "data/documents", self.folder / "data/mailroom.db"

    def grow(self, accounts, documents):
        """Makes up accounts and documents, as if all had been filed long ago."""
        self.start()
        self.end()
        each = documents // accounts // len(FOLDERS)
        now = int(time.time() * 1000) - 86_400_000
        old = now * 1_000_000
        db = sqlite3.connect(self.database, isolation_level=None)
        db.execute("BEGIN")
        number = 0
        for account in range(1, accounts + 1):
            home = f"{10000 + account} Account {account}"
            db.execute(
                "INSERT INTO account (id, number, type, name, language, directory, created) VALUES (?,?,?,?,?,?,?)",
                (account, f"{10000 + account}", "client", f"Account {account}", "en", home, now))
            for place, (name, access) in enumerate(FOLDERS):
                folder = (account - 1) * len(FOLDERS) + place + 1
                db.execute(
                    "INSERT INTO folder (id, account, name, access, is_default) VALUES (?,?,?,?,?)",
                    (folder, account, name, access, int(place == 0)))
                directory = self.tree / home / name
                directory.mkdir(parents=True)
                directory.chmod(0o770)
                directory.parent.chmod(0o770)
                for _ in range(each):
                    number += 1
                    path, octets = directory / f"Document {number}.csv", f"Konto;Saldo\n{number};1\n".encode()
                    path.write_bytes(octets)
                    os.utime(path, ns=(old, old))
                    seen, digest = path.stat(), hashlib.sha256(octets).digest()
                    db.execute("INSERT INTO content (sha256, octets) VALUES (?,?)", (digest, len(octets)))
                    db.execute(
                        "INSERT INTO document (id, account, folder, path, name, name_key, sha256, octets, filed, origin,"
                        " placed) VALUES (?,?,?,'',?,?,?,?,?,'staff','copy')",
                        (number, account, folder, path.name, path.name.lower(), digest, len(octets), now))
                    db.execute(
                        "INSERT INTO disk_mark (document, inode, octets, modified) VALUES (?,?,?,?)",
                        (number, seen.st_ino, len(octets), old))
        # What they say is not what is measured.
        db.execute("DELETE FROM document_queue")
        db.execute("COMMIT")
        db.close()
        return number

    def health(self):
        # It ends with 1, for the mailbox needs somebody.
        done = subprocess.run(
            [self.binary, "-C", self.config, "status", "--json"], capture_output=True, text=True, timeout=60)
        return json.loads(done.stdout)["documents"]

    def passed(self):
        """Waits for the first pass; what it says of itself."""
        while True:
            health = self.health()
            if health["last_pass"]:
                return health
            time.sleep(0.2)

    def processor(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """Its own, in MB, without files that are mapped."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("RssAnon"):
                return int(line.split()[1]) / 1024
        return 0


class Pages(threading.Thread):
    """Asks for a page all the time; how long each took, in milliseconds."""

    def __init__(self, url):
        super().__init__(daemon=True)
        self.url, self.times, self.isOver = url + "/sign-in", [], False

    def run(self):
        while not self.isOver:
            began = time.monotonic()
            try:
                urllib.request.urlopen(self.url, timeout=30).read()
                self.times.append((time.monotonic() - began) * 1000)
            except OSError:
                pass
            time.sleep(0.02)


def one_pass(tree):
    """Starts the daemon, waits for its pass, and says (seconds, processor seconds, most memory, page times)."""
    tree.start()
    pages = Pages(tree.url)
    pages.start()
    health = tree.passed()
    if health["adopted"] or health["reports"]:
        raise RuntimeError(f"something was found where nothing had changed: {health}")
    pages.isOver = True
    pages.join()
    return health["pass_milliseconds"] / 1000, tree.processor(), tree.memory(), pages.times or [0.0]


def versions(tree, count, documents):
    """From the last octet to the row of the new version: seconds of each."""
    db = sqlite3.connect(f"file:{tree.database}?mode=ro", uri=True, isolation_level=None)
    times = []
    for change in range(count):
        number = 1 + change * (documents // count)
        home, folder, name = db.execute(
            "SELECT directory, folder.name, document.name FROM document JOIN account ON account.id = document.account"
            " JOIN folder ON folder.id = document.folder WHERE document.id = ?", (number,)).fetchone()
        octets = f"changed {change} {time.time_ns()}\n".encode()
        (tree.tree / home / folder / name).write_bytes(octets)
        began, digest = time.monotonic(), hashlib.sha256(octets).digest()
        while db.execute("SELECT sha256 FROM document WHERE id = ?", (number,)).fetchone()[0] != digest:
            if time.monotonic() - began > 60:
                raise RuntimeError(f"document {number} has no new version after a minute")
            time.sleep(0.01)
        times.append(time.monotonic() - began)
    return times


def forget():
    """What the kernel knows of directories and files; false where that is not ours to do."""
    os.sync()
    try:
        pathlib.Path("/proc/sys/vm/drop_caches").write_text("2")
    except OSError:
        return False
    return True


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("binary", type=pathlib.Path)
    words.add_argument("--accounts", type=int, default=500)
    words.add_argument("--documents", type=int, default=200_000)
    words.add_argument("--changes", type=int, default=20)
    words.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("/var/tmp"))
    asked = words.parse_args()
    tree = Tree(asked.binary.resolve(), asked.folder)
    isMet = True

    def goal(name, value, unit, most=None):
        nonlocal isMet
        isMet = isMet and (most is None or value <= most)
        told = "" if most is None else f"  goal ≤ {most:g} {unit}" + ("" if value <= most else "  MISSED")
        print(f"{name:<46}{value:10.2f} {unit}{told}", flush=True)

    try:
        tree.start()
        tree.passed()
        time.sleep(1)
        empty = tree.memory()
        tree.end()
        documents = tree.grow(asked.accounts, asked.documents)
        print(f"{asked.accounts} accounts, {asked.accounts * len(FOLDERS)} folders, {documents} documents", flush=True)
        one_pass(tree)
        tree.end()
        if forget():
            seconds, *_ = one_pass(tree)
            tree.end()
            goal("a pass, what the kernel knew forgotten", seconds, "s")
        seconds, processor, most, pages = one_pass(tree)
        goal("a pass with nothing changed", seconds, "s", PASS)
        goal("processor until then, the start included", processor, "s")
        goal("memory more than with no documents", most - empty, "MB", MEMORY)
        goal("a page meanwhile, median", statistics.median(pages), "ms")
        goal("a page meanwhile, slowest of " + str(len(pages)), max(pages), "ms")
        times = versions(tree, asked.changes, documents)
        goal(f"a change until its version, median of {len(times)}", statistics.median(times), "s", VERSION)
        goal("a change until its version, slowest", max(times), "s")
        goal("memory more after that", tree.memory() - empty, "MB", MEMORY)
    finally:
        tree.close()
    return 0 if isMet else 1


if __name__ == "__main__":
    sys.exit(main())
