"""`mailroom serve` on data of its own, without mail: what can be killed and started again."""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from firm import mourned


class Daemon:
    """A firm with accounts and links, whose mailbox is on a server that does not exist."""

    def __init__(self, binary, folder=None, more=""):
        self.binary = str(binary)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mailroom-daemon-", dir=folder))
        self.config = self.folder / "mailroom.toml"
        with socket.create_server(("127.0.0.1", 0)) as free, socket.create_server(("127.0.0.1", 0)) as nobody:
            self.port, closed = free.getsockname()[1], nobody.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        secret = self.folder / "secret"
        secret.write_text("pw\n")
        secret.chmod(0o600)
        self.config.write_text(f"""
[firm]
name      = "Bergmann & Partner"
time_zone = "Europe/Berlin"
language  = "en"
domains   = ["firm.example"]

[web]
listen     = ["127.0.0.1:{self.port}"]
public_url = "http://127.0.0.1:{self.port}"

[storage]
data     = "{self.folder}/data"
min_free = "0 B"

[mailbox.office]
host     = "127.0.0.1"
port     = {closed}
security = "plain"
user     = "office@firm.example"
password = {{ file = "{secret}" }}
sender_checks = ["mx.firm.example"]
{more}""")
        self.process = None

    def start(self, **environment):
        """Returns when pages are answered."""
        self.process = subprocess.Popen(
            [self.binary, "-C", self.config, "serve"], stdin=subprocess.DEVNULL, preexec_fn=mourned,
            stderr=(self.folder / "serve.log").open("a"), env={**os.environ, **environment})
        end = time.monotonic() + 60
        while time.monotonic() < end and self.process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return self
            time.sleep(0.05)
        raise RuntimeError((self.folder / "serve.log").read_text())

    def end(self, sign=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(sign)
            self.process.wait(20)

    def close(self):
        self.end(signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *words):
        done = subprocess.run(
            [self.binary, "-C", self.config, *words], capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise RuntimeError(f"mailroom {' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def json(self, *words):
        return [json.loads(line) for line in self.run(*words, "--json").splitlines() if line.strip()]

    def link(self, account, title, *items):
        """A request that nobody is written of; its open and its personal link."""
        words = [word for item in items for word in ("--item", item)]
        self.run("request", "send", account, title, "--no-mail", *words, "--to", f"client-{account}@client.example")
        number = next(one["id"] for one in self.json("request", "list") if one["title"] == title)
        found = self.json("request", "link", str(number))[0]
        return found["link"], found["links"][0]["link"]

    def filed(self, account):
        return {one["name"]: one for one in self.json("file", "list", "--account", account)}
