"""The programs that `bench` runs: Dovecot on loopback, mailroom and mbsync as its clients."""

import contextlib
import getpass
import grp
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import time

from bench_mailboxes import OWNER


class Server:
    """A Dovecot of our own on loopback; every user who has a mailbox, password "pw".

    What it writes, it writes to its own folder: the mailboxes stay as they are.
    """

    def __init__(self, folder, mail):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        root = os.geteuid() == 0
        group = grp.getgrgid(os.getegid()).gr_name
        me = getpass.getuser()
        internal, internal_group, login = ("dovecot", "dovecot", "dovenull") if root else (me, group, me)
        gid = OWNER if root else os.getegid()
        indexes = folder / "indexes"
        indexes.mkdir()
        if root:
            os.chown(indexes, OWNER, OWNER)
        self.config = folder / "dovecot.conf"
        self.config.write_text(f"""
base_dir = {folder}/run
state_dir = {folder}/state
instance_name = bench
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
first_valid_uid = 1
mail_location = maildir:{mail}/%u/Maildir:INDEX={indexes}/%u:CONTROL={indexes}/%u
passdb {{
  driver = static
  args = password=pw
}}
userdb {{
  driver = static
  args = uid={OWNER} gid={gid} home={indexes}/%u allow_all_users=yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {self.port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
""")
        self.process = subprocess.Popen(["dovecot", "-F", "-c", self.config])
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        sys.exit((folder / "dovecot.log").read_text())

    def client(self, user):
        """A session with INBOX open for reading."""
        session = Session(self.port)
        session.say(f"a LOGIN {user} pw")
        session.until("a ")
        session.say("b EXAMINE INBOX")
        session.until("b ")
        return session

    def stop(self):
        self.process.terminate()
        self.process.wait(20)


class Session:
    """Lines to and from an IMAP server."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self.lines = self.socket.makefile("rb")
        self.lines.readline()

    def say(self, line):
        self.socket.sendall(line.encode() + b"\r\n")

    def until(self, *beginnings):
        """Reads up to the line that begins so; nothing when the server has closed."""
        for line in self.lines:
            text = line.decode(errors="replace")
            if text.startswith(beginnings):
                if " NO " in text or " BAD " in text:
                    sys.exit(f"the server says: {text}")
                return text

    def close(self):
        self.socket.close()


class Figures:
    """What a command took: wall clock and processor time in seconds, memory in MB, and what it said."""

    def __init__(self, command):
        peak = [0]
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            began = time.monotonic()
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
            watcher = threading.Thread(target=self.watch, args=[process.pid, peak])
            watcher.start()
            try:
                _, status, usage = os.wait4(process.pid, 0)
            except BaseException:  # interrupted: nothing of ours goes on
                process.kill()
                process.wait()
                raise
            self.wall = time.monotonic() - began
            watcher.join()
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            self.said = output.read().decode()
            errors.seek(0)
            complaint = errors.read().decode()
        self.cpu = usage.ru_utime + usage.ru_stime
        self.memory = peak[0] / 1024
        if process.returncode != 0:
            sys.exit(f"{command[0]} ended with {process.returncode}: {complaint}{self.said}")

    @staticmethod
    def watch(process, peak):
        # Not ru_maxrss, which begins with the memory of whoever started it: ours.
        with contextlib.suppress(OSError, StopIteration, IndexError):
            while True:
                peak[0] = max(peak[0], most_memory(process))
                time.sleep(0.01)


def most_memory(process):
    """The most it has ever held, in KB."""
    status = pathlib.Path(f"/proc/{process}/status").read_text().split("\n")
    return int(next(line for line in status if line.startswith("VmHWM")).split()[1])


def mbsync(folder, user, port):
    """mbsync as a user would have it: FSync is on by default."""
    (folder / "Mail").mkdir()
    (folder / "state").mkdir()
    config = folder / "mbsyncrc"
    config.write_text(f"""
IMAPAccount office
Host 127.0.0.1
Port {port}
User {user}
Pass pw
SSLType None
AuthMechs LOGIN

IMAPStore far
Account office

MaildirStore near
Path {folder}/Mail/
Inbox {folder}/Mail/INBOX

Channel office
Far :far:
Near :near:
Patterns INBOX
Create Near
Sync Pull
SyncState {folder}/state/
""")
    return ["mbsync", "-q", "-c", str(config), "office"]


def mailroom(folder, user, port, binary, mailboxes):
    """`mailroom -C …` of a firm whose clients are known, and whose history is filed."""
    secret = folder / "secret"
    secret.write_text("pw\n")
    secret.chmod(0o600)
    config = folder / "mailroom.toml"
    config.write_text(f"""
[firm]
name      = "Bench"
time_zone = "Europe/Berlin"

[storage]
data     = "{folder}/data"
min_free = "0 B"

[mailbox.office]
host          = "127.0.0.1"
port          = {port}
security      = "plain"
user          = "{user}"
password      = {{ file = "{secret}" }}
sender_checks = ["{mailboxes.server}"]
folders       = ["\\\\Inbox"]
history       = "file"
""")
    command = [binary, "-C", str(config)]
    clients = folder / "clients.csv"
    mailboxes.write_accounts(clients)
    subprocess.run([*command, "account", "import", clients], check=True, stdout=subprocess.DEVNULL)
    return command
