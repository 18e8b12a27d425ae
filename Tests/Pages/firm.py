"""A firm at work: `mailroom demo`, which stays until it is told to go."""

import ctypes
import email.message
import email.utils
import imaplib
import json
import os
import pathlib
import re
import signal
import subprocess
import threading
import time
import tomllib


PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


class Skip(Exception):
    """Why a test can't be made here."""


def mourned():
    """In the child: should we be killed, it is told to end."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Commands:
    """A configuration and the data that commands are for."""

    def __init__(self, binary, configuration, url):
        self.binary, self.configuration, self.url = str(binary), pathlib.Path(configuration), url

    def run(self, *words, text=None, ok=True):
        """A command of `mailroom` on this firm's data; what it printed."""
        done = subprocess.run(
            [self.binary, "-C", str(self.configuration), *words], input=text, capture_output=True, text=True,
            timeout=60)
        if ok and done.returncode != 0:
            raise RuntimeError(f"mailroom {' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def json(self, *words):
        """What a command prints with --json: one object a line."""
        return [json.loads(line) for line in self.run(*words, "--json").splitlines() if line.strip()]

    def login_link(self, login):
        """A one-time way in for a member of staff."""
        return re.search(r"http\S+", self.run("user", "login-link", login)).group(0)


class Firm(Commands):
    """The demo's firm with its data, its mail server and its daemon."""

    def __init__(self, binary):
        self.lines = []
        self.process = subprocess.Popen(
            [str(binary), "demo", "--still"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, start_new_session=True, preexec_fn=mourned,
            env={**os.environ, "NO_COLOR": "1"})
        threading.Thread(target=self._read, daemon=True).start()
        try:
            url = self._said(r"(http://[\w.:\[\]]+)/")
            super().__init__(binary, self._said(r"-C (\S+mailroom\.toml)"), url)
            with open(self.configuration, "rb") as file:
                self.settings = tomllib.load(file)
        except BaseException:
            self.close()
            raise

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line)

    def _said(self, pattern, seconds=120):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = re.search(pattern, "".join(self.lines))
            if found:
                return found.group(1)
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"the demo did not say {pattern}:\n{''.join(self.lines)}")

    def deliver(self, subject, text, sender="Sabine Hofmann <buero@hofmann-brot.example>", files=(), html=None,
            **headers):
        """Puts a mail into the firm's INBOX as its border would have; its Message-ID."""
        message = email.message.EmailMessage()
        message["From"], message["Subject"] = sender, subject
        mailbox = self.settings["mailbox"]["office"]
        message["To"] = mailbox["user"]
        message["Date"] = email.utils.localtime()
        message["Message-ID"] = email.utils.make_msgid(domain="pages.example")
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content(text)
        if html:
            message.add_alternative(html, subtype="html")
        for name, media_type, octets in files:
            major, minor = media_type.split("/")
            message.add_attachment(octets, maintype=major, subtype=minor, filename=name)
        domain = email.utils.parseaddr(sender)[1].split("@")[-1]
        border = mailbox["sender_checks"][0]
        octets = (
            f"Authentication-Results: {border}; dmarc=pass header.from={domain}\r\n".encode()
            + message.as_bytes(policy=message.policy.clone(linesep="\r\n")))
        with imaplib.IMAP4(mailbox["host"], mailbox["port"]) as server:
            server.login(mailbox["user"], pathlib.Path(mailbox["password"]["file"]).read_text().strip())
            server.append("INBOX", None, None, octets)
        return message["Message-ID"]

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
