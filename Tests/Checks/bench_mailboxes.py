"""The mailboxes that `bench` measures with: made up once, and kept for the next run.

Those of ../shared/bench are the ones that the goals were set on; where it is missing, small ones of
our own stand in for them. Whoever has them already says where in MAILROOM_BENCH.
"""

import base64
import contextlib
import csv
import json
import os
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("MAILROOM_SHARED") or ROOT.parent / "shared") / "bench"
# Dovecot serves no mail of root's.
OWNER = 20143 if os.geteuid() == 0 else os.geteuid()
COLUMNS = ["number", "account", "type", "contact", "kind", "address", "language", "switches"]
OWN_ACCOUNTS = 40


class Mailboxes:
    """Mailboxes below `folder`, by the names that setup.sh of ../shared/bench gives them.

    Three that exist, and `news`, which is empty.
    """

    def __init__(self, folder, server, accounts):
        self.folder = folder
        # Who checked the senders, as Authentication-Results names it.
        self.server = server
        self.accounts = accounts
        make_maildir(self.maildir("news"))
        own(self.maildir("news"))

    def maildir(self, user):
        return self.folder / user / "Maildir"

    def size(self, user):
        """Its messages and their octets."""
        sizes = [entry.stat().st_size for entry in os.scandir(self.maildir(user) / "cur")]
        return len(sizes), sum(sizes)

    def warm(self, user):
        for entry in os.scandir(self.maildir(user) / "cur"):
            with open(entry.path, "rb", buffering=0) as file:
                while file.read(1 << 20):
                    pass

    def write_accounts(self, path):
        with path.open("w", newline="") as file:
            csv.writer(file).writerows([COLUMNS, *self.accounts])


def shared():
    """Where the scripts are that make the mailboxes; nothing where there are none."""
    return SHARED if (SHARED / "make_corpus.py").is_file() else None


def cache():
    """Where the mailboxes stay from run to run; root's home is closed to Dovecot."""
    if given := os.environ.get("MAILROOM_BENCH"):
        return pathlib.Path(given).resolve()
    home = pathlib.Path.home() / ".cache"
    caches = "/var/cache" if os.geteuid() == 0 else os.environ.get("XDG_CACHE_HOME") or home
    return pathlib.Path(caches) / "mailroom-bench"


def from_shared(scripts, folder, mail):
    """10,000 messages of 300 clients (3.56 GB), 50,000 small ones, and one of 100 MB.

    They stay in `folder`; `mail` gets links to them.
    """
    mail.mkdir()
    clients = folder / "corpus" / "clients.json"
    for user, wanted in {
        "medium": ["--count", "10000"],
        "large": ["--count", "50000", "--profile", "small"],
        "big": ["--count", "0", "--big-mb", "100"],
    }.items():
        maildir = folder / "mail" / user / "Maildir"
        (mail / user).symlink_to(maildir.parent)
        if maildir.exists():
            continue
        print(f"making {maildir}: once, and it takes minutes", flush=True)
        half = folder / "half"
        remove(half)
        command = [sys.executable, scripts / "make_corpus.py", "--quiet", "--format", "maildir", "--out", half]
        subprocess.run([*command, *wanted], check=True)
        own(half)
        maildir.parent.mkdir(parents=True, exist_ok=True)
        half.rename(maildir)
    if not clients.exists():
        clients.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, scripts / "make_corpus.py", "--clients", clients], check=True)
    accounts = [
        [client["id"], client["name"], "client", contact["name"], "person", contact["address"], client["lang"], ""]
        for client in json.loads(clients.read_text())
        for contact in client["addresses"]
    ]
    return Mailboxes(mail, "mx.kanzlei-muster.example", accounts)


def made_up(mail):
    """1,000 messages, 5,000 small ones, and one of 100 MB: made in a moment, never kept."""
    for user, messages in {
        "medium": (message(index) for index in range(1000)),
        "large": (message(index, files=False) for index in range(5000)),
        "big": [message(0, octets=72_000_000)],
    }.items():
        maildir = mail / user / "Maildir"
        make_maildir(maildir)
        for index, octets in enumerate(messages):
            (maildir / "cur" / f"1795248000.{index:06}.bench:2,").write_bytes(octets)
        own(maildir)
    accounts = [
        [n, f"Client {n}", "client", f"Client {n}", "person", f"client{n}@client{n}.example", "en", ""]
        for n in range(OWN_ACCOUNTS)
    ]
    return Mailboxes(mail, "mx.firm.example", accounts)


def message(index, server="mx.firm.example", files=True, octets=None):
    """The message of that number, always the same; two in five carry a file, of 20 KB to 2 MB."""
    dice = random.Random(index)
    account = dice.randrange(OWN_ACCOUNTS)
    head = (
        f"Message-ID: <{index}@client{account}.example>\r\nDate: Sat, 21 Nov 2026 08:00:00 +0000\r\n"
        f"From: Client {account} <client{account}@client{account}.example>\r\nTo: office@firm.example\r\n"
        f"Subject: message {index}\r\nMIME-Version: 1.0\r\n"
        f"Authentication-Results: {server}; dmarc=pass header.from=client{account}.example\r\n"
    )
    text = "Good morning,\r\n" + "please find what you asked for.\r\n" * dice.randrange(1, 60)
    if octets is None and (not files or dice.random() >= 0.4):
        return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}".encode()
    size = octets or min(2_000_000, max(20_000, int(dice.lognormvariate(12, 1))))
    file = base64.encodebytes(b"%PDF-1.7\n" + dice.randbytes(size)).decode().replace("\n", "\r\n")
    return (
        f'{head}Content-Type: multipart/mixed; boundary="b{index}"\r\n\r\n'
        f"--b{index}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
        f"--b{index}\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        f'Content-Disposition: attachment; filename="file {index}.pdf"\r\n\r\n{file}--b{index}--\r\n'
    ).encode()


def make_maildir(folder):
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)


def own(folder):
    if os.geteuid() == 0:
        for name in [folder, *folder.rglob("*")]:
            os.chown(name, OWNER, OWNER)


def remove(folder):
    """All of it, as fast as can be: a Maildir of thousands is not a tree to walk."""
    with contextlib.suppress(FileNotFoundError):
        subprocess.run(["rm", "-rf", "--", folder], check=True)
