"""The moments when a mail server tells of new mail, as another client of its sees them on the wire."""

import contextlib
import pathlib
import socket
import threading
import time


class ExistsWatcher:
    """A client in IDLE on the firm's INBOX; `moments` are of the wall clock, in seconds."""

    def __init__(self, firm):
        mailbox = firm.settings["mailbox"]["office"]
        password = pathlib.Path(mailbox["password"]["file"]).read_text().strip()
        self.moments = []
        self.socket = socket.create_connection((mailbox["host"], mailbox["port"]), timeout=120)
        self.lines = self.socket.makefile("rb")
        self.say(f'a LOGIN {mailbox["user"]} {password}', b"a OK")
        self.say("b EXAMINE INBOX", b"b OK")
        self.say("c IDLE", b"+")
        threading.Thread(target=self._listen, daemon=True).start()

    def say(self, line, answer):
        self.socket.sendall(line.encode() + b"\r\n")
        for line in self.lines:
            if line.startswith(answer):
                return
        raise RuntimeError(f"the server never said {answer}")

    def _listen(self):
        with contextlib.suppress(OSError, ValueError):
            for line in self.lines:
                if line.rstrip().endswith(b" EXISTS"):
                    self.moments.append(time.time())

    def close(self):
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
