#!/usr/bin/env python3
"""Asks a firm at work for everything, in every wrong way: fuzz_routes.py BINARY [--seconds N] [--seed N]

Every route of the sources is asked for with right and wrong methods, paths, numbers, tokens, headers, cookies,
forms, files, ranges and pieces: as nobody, as a member of staff and as an owner, and with links of two accounts.
What pages show (addresses, names of fields) is asked for, too. Nothing may answer with 5xx, the daemon must live,
and nobody may be told what is not theirs: one account has names that occur nowhere else; only owners and those
with its link may meet them. The other link's holder may meet no name and no number of any account.

Prints how many requests of which answer there were, and every finding with what was asked; ends with 1 where
there is one. The same seed asks the same, as far as the answers are the same.
"""

import argparse
import base64
import collections
import html
import json
import os
import pathlib
import random
import re
import socket
import sys
import threading
import time
import urllib.parse

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "Pages"))

from crowd import sign_in
from firm import Firm

METHODS = ["GET"] * 8 + ["POST"] * 8 + ["HEAD", "PATCH", "PATCH", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY"]
HIDDEN = {"number": "77194", "name": "Quittenmus Zanzibar KG", "title": "Gelierzucker-Beleg", "item": "Kornelkirsche"}
NASTY = [
    "", "0", "-1", "1", "2", "3", "7", "9223372036854775807", "9223372036854775808", "1e9", "NaN", "null", "true",
    "..", "../../etc/passwd", "%2e%2e%2f", "\x00", "a\x00b", "\r\nX-Evil: 1", "'", "\"><script>alert(1)</script>",
    "' OR 1=1 --", "${jndi:ldap://x}", "{{7*7}}", "ä", "請求書", "\u202egpj.exe", "\ufeff", "\ud7ff", "😀" * 40,
    "A" * 300, "B" * 5000, "2026-02-30", "2026-11-22", "99999-01-01", "a@b.example", "a@", "@", "a@b@c", "*", "\"",
    "%", "%%", "%f", "%ff%fe", "(", "[", "\\", "a OR b NEAR/3 c", "\"unbalanced", "de", "ja", "xx", "on", "1,2,3",
    "//evil.example", "https://evil.example/", "javascript:alert(1)", "\t", " ", "1 2", "name\nname", "-" * 70,
]
FIELDS = {
    "Range": ["bytes=0-", "bytes=0-0", "bytes=-5", "bytes=5-1", "bytes=0-1,3-4", "bytes=99999999999999999999-", "bytes=", "x=1"],
    "If-Range": ["\"a\"", "W/\"a\"", "Sun, 22 Nov 2026 08:00:00 GMT", "x"],
    "If-None-Match": ["*", "\"a\", W/\"b\"", "\"", ","],
    "If-Modified-Since": ["Sun, 22 Nov 2026 08:00:00 GMT", "never"],
    "Accept-Language": ["de", "ja,en;q=0.5", ";;;q=x", "*" * 200, "en;q=99999999999999999999"],
    "Accept-Encoding": ["gzip", "identity;q=0", "br, gzip;q=0.0001", "gzip;q=x"],
    "X-Part": ["rows", "rail tabs rows", "x", ""],
    "X-Token": ["x", "", "A" * 500],
    "Sec-Fetch-Site": ["cross-site", "same-origin", "none"],
    "Origin": ["null", "https://evil.example", "http://[::1", ""],
    "X-Forwarded-For": ["10.0.0.1", "a, b", "::1" * 50],
    "X-Forwarded-Host": ["evil.example", "[", ""],
    "Host": ["evil.example", "", "localhost:99999", "[::1"],
    "Content-Type": ["text/plain", "multipart/form-data", "multipart/form-data; boundary=\"\"", "application/json", ";", "a/b; c"],
    "Cookie": ["session=x", "sender=" + "A" * 43, "session=; sender=", "=;;;", "session=" + "B" * 2000, "\u00ff=\u00ff"],
    "Upload-Offset": ["0", "1", "-1", "9223372036854775808", "x", ""],
    "Upload-Length": ["0", "10", "-1", "209715201", "9223372036854775807", "x"],
    "Upload-Metadata": ["filename", "filename ?", "a b c,d", "filename " + base64.b64encode(b"../\x00\xff").decode(), "," * 500],
    "Tus-Resumable": ["1.0.0", "0.2.2", ""],
    "Expect": ["100-continue", "x"],
    "Last-Event-ID": ["0", "x"],
}
TEXTS = ("text/html", "text/plain", "application/json", "text/event-stream")


def patterns():
    """What stands in the sources as an address; a test holds that every route does."""
    found = set()
    for file in (ROOT / "Sources/Services/Web").rglob("*.swift"):
        found.update(re.findall(r'"(/[A-Za-z0-9:*/._-]*)"', file.read_text()))
    return sorted(found)


class Person:
    """Whoever asks: with what cookies and tokens, and what they must never read."""

    def __init__(self, name, secrets):
        self.name = name
        self.cookies = {}
        self.secrets = [re.compile(rf"(?<![\w-]){re.escape(secret)}(?![\w-])", re.I) for secret in secrets]
        self.token = None
        self.links = []
        self.paths = ["/"]
        self.fields = ["token", "id", "action", "q", "language", "page", "item", "name", "address", "to"]
        self.values = ["1", "2"]


class Fuzzer:
    def __init__(self, binary, seed, seconds):
        self.firm = Firm(binary)
        try:
            self.seconds, self.seed = seconds, seed
            parts = urllib.parse.urlsplit(self.firm.url)
            self.host, self.port = parts.hostname, parts.port
            self.patterns = patterns()
            self.lock = threading.Lock()
            self.statuses = collections.Counter()
            self.asked = collections.Counter()
            self.allowed, self.reached = {}, set()
            self.findings = []
            self.prepare()
        except BaseException:
            self.firm.close()
            raise

    # ---- A firm with something to hide --------------------------------------------------------------

    def ask_for(self, account, title, item, address):
        self.firm.run("request", "send", account, title, "--item", item, "--to", address, "--no-mail")
        number = next(one["id"] for one in self.firm.json("request", "list") if one["title"] == title)
        found = self.firm.json("request", "link", str(number))[0]
        return [found["link"], *(one["link"] for one in found["links"])]

    def prepare(self):
        firm = self.firm
        firm.run("user", "add", "boss", "--role", "owner")
        firm.run("account", "add", HIDDEN["name"], "--number", HIDDEN["number"], "--language", "de",
            "--address", "koch@zanzibar.example")
        firm.run("account", "edit", HIDDEN["number"], "--visible-to", "boss")
        self.hidden_links = self.ask_for(HIDDEN["number"], HIDDEN["title"], HIDDEN["item"], "koch@zanzibar.example")
        self.links = self.ask_for("10482", "Fuzz", "Beleg", "buero@hofmann-brot.example")
        accounts = firm.json("account", "list")
        names = [one["name"] for one in accounts] + [one["number"] for one in accounts if len(one["number"]) > 4]
        hidden = list(HIDDEN.values()) + ["koch@zanzibar.example"]
        other = [name for name in names if name not in (HIDDEN["name"], HIDDEN["number"])]
        self.people = {
            "nobody": Person("nobody", names + hidden),
            "member": Person("member", hidden),
            "owner": Person("owner", []),
            "guest": Person("guest", names + hidden),
            "other guest": Person("other guest", other),
        }
        for name in ("nobody", "guest"):
            self.people[name].links = self.links if name == "guest" else []
        self.people["other guest"].links = self.hidden_links
        self.sign_in("member", "fuzz1")
        self.login_owner()

    def sign_in(self, name, login):
        self.people[name].cookies["session"] = sign_in(self.firm, login).split("=", 1)[1]
        self.people[name].token = None

    def login_owner(self):
        # The other owner may have shut this one out.
        self.firm.run("user", "enable", "boss", ok=False)
        self.firm.run("user", "edit", "boss", "--role", "owner", ok=False)
        link = urllib.parse.urlsplit(self.firm.login_link("boss"))
        reply = self.send(self.people["nobody"], "POST", link.path + ("?" + link.query if link.query else ""),
            {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}, b"", quiet=True)
        found = re.search(r"session=([^;]+)", reply[1].get("set-cookie", "")) if reply else None
        if found:
            self.people["owner"].cookies["session"] = found.group(1)
            self.people["owner"].token = None

    # ---- One request --------------------------------------------------------------------------------

    def send(self, person, method, target, fields, body, cut=None, quiet=False, home="127.0.0.1"):
        """Status, fields and content of the answer; nil where the line was cut without one."""
        cookies = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
        head = {"Host": f"{self.host}:{self.port}", "Connection": "close", "Content-Length": str(len(body))}
        if cookies:
            head["Cookie"] = cookies
        head.update(fields)
        if method in ("GET", "HEAD") and not body:
            head.pop("Content-Length", None)
        text = f"{method} {target} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in head.items()) + "\r\n"
        try:
            with socket.socket() as line:
                line.settimeout(30)
                line.bind((home, 0))
                line.connect((self.host, self.port))
                try:
                    line.sendall(text.encode("utf-8", "replace") + body[:cut])
                except OSError:
                    pass
                if cut is not None:
                    line.shutdown(socket.SHUT_WR)
                got = b""
                while b"\r\n\r\n" not in got:
                    piece = line.recv(65_536)
                    if not piece:
                        return None
                    got += piece
                    if got.startswith(b"HTTP/1.1 100 "):
                        got = got.partition(b"\r\n\r\n")[2]
                begin, _, content = got.partition(b"\r\n\r\n")
                lines = begin.decode("latin-1").split("\r\n")
                answer = {}
                for one in lines[1:]:
                    name, _, value = one.partition(": ")
                    answer[name.lower()] = answer[name.lower()] + "\n" + value if name.lower() in answer else value
                status = int(lines[0].split()[1])
                while len(content) < 2 << 20 and "event-stream" not in answer.get("content-type", ""):
                    piece = line.recv(65_536)
                    if not piece:
                        break
                    content += piece
                return status, answer, content
        except TimeoutError:
            return (599, {}, b"no answer in 30 s")
        except OSError:
            return None

    def judge(self, person, what, reply):
        with self.lock:
            self.asked[person.name] += 1
            if reply is None:
                self.statuses["cut"] += 1
                return
            status, fields, content = reply
            self.statuses[status] += 1
            if status >= 500:
                self.findings.append(f"{status} for {what}")
        kind = fields.get("content-type", "").split(";")[0]
        told = "\n".join(f"{name}: {value}" for name, value in fields.items() if name in ("location", "content-disposition", "link"))
        if kind in TEXTS:
            told += "\n" + content.decode("utf-8", "replace")
        elif kind:
            told += "\n" + content[:200].decode("latin-1")
        told = html.unescape(urllib.parse.unquote(told))
        for secret in person.secrets:
            if found := secret.search(told):
                near = told[max(0, found.start() - 60):found.end() + 60].replace("\n", " ")
                with self.lock:
                    self.findings.append(f"{person.name} was told “{found.group(0)}” ({near}) by {what}")
        if kind in ("text/html", "image/svg+xml") and "content-security-policy" not in fields:
            with self.lock:
                self.findings.append(f"no content-security-policy for {what}")
        if status == 200 and fields.get("x-content-type-options") != "nosniff":
            with self.lock:
                self.findings.append(f"no nosniff for {what}")
        if kind == "text/html":
            self.learn(person, content.decode("utf-8", "replace"), fields)

    def learn(self, person, page, fields):
        """Addresses and fields of a page are asked for later on."""
        with self.lock:
            for address in re.findall(r'(?:href|action|src|formaction)="(/[^"#]*)"', page):
                address = html.unescape(address)
                if address not in person.paths and len(person.paths) < 3000:
                    person.paths.append(address)
            for name in re.findall(r'\bname="([^"]{1,40})"', page):
                if name not in person.fields:
                    person.fields.append(name)
            for value in re.findall(r'\bvalue="([^"]{1,60})"', page):
                if value not in person.values and len(person.values) < 500:
                    person.values.append(html.unescape(value))
            if found := re.search(r'name="token" value="([^"]+)"', page):
                person.token = found.group(1)
            if found := re.search(r"sender=([^;]+)", fields.get("set-cookie", "")):
                person.cookies["sender"] = found.group(1)

    # ---- What is asked ------------------------------------------------------------------------------

    def value(self, rng, person):
        chance = rng.random()
        if chance < 0.45:
            return rng.choice(NASTY)
        if chance < 0.75:
            return rng.choice(person.values)
        if chance < 0.9:
            return str(rng.randrange(60))
        return "".join(chr(rng.choice([rng.randrange(32, 127), rng.randrange(0xD7FF)])) for _ in range(rng.randrange(30)))

    def token(self, rng, person):
        if person.links and rng.random() < 0.75:
            return rng.choice(person.links).rpartition("/")[2]
        # A wrong one: of a right one a piece, or with something changed.
        right = rng.choice(self.links + self.hidden_links).rpartition("/")[2]
        token = list(right)
        for _ in range(rng.randrange(1, 4)):
            place = rng.randrange(len(token))
            token[place] = rng.choice("ABCDEFabcdef0123456789-_%/.~")
        wrong = "".join(token[:rng.choice([None, -1, 5, 12])])
        # A change may put back what was there: then it would be no secret any more.
        return wrong if wrong != right else right[:-1]

    def path(self, rng, person):
        """A target, and the pattern that it was made of."""
        pattern = None
        if rng.random() < 0.35:
            path = rng.choice(person.paths)
        else:
            parts = []
            pattern = rng.choice(self.patterns)
            for part in pattern.split("/"):
                if part == ":token":
                    part = self.token(rng, person)
                elif part.startswith(":") or part.startswith("*"):
                    known = str(rng.randrange(40)) if rng.random() < 0.7 else self.value(rng, person)
                    part = urllib.parse.quote(known, safe="/%" if part.startswith("*") else "%")
                parts.append(part)
            path = "/".join(parts)
        if rng.random() < 0.08:
            path += rng.choice(["/", "//", "/..", "/%2e%2e/", "/x", "%00", "?", ";a=b", "/\u00e4", "%", "/" + "a" * 3000])
        if rng.random() < 0.3:
            query = urllib.parse.urlencode(
                [(rng.choice(person.fields), self.value(rng, person)) for _ in range(rng.randrange(1, 4))], errors="replace")
            path += ("&" if "?" in path else "?") + query
        plain = (char if 0x20 < ord(char) < 0x7F else urllib.parse.quote(char, errors="replace") for char in path)
        return "".join(plain), pattern

    def body(self, rng, person):
        """A content and its type."""
        pairs = [(rng.choice(person.fields), self.value(rng, person)) for _ in range(rng.randrange(6))]
        pairs = [(name, value) for name, value in pairs if name != "token"]
        if person.token and rng.random() < 0.85:
            pairs.insert(0, ("token", person.token))
        chance = rng.random()
        if chance < 0.6:
            return urllib.parse.urlencode(pairs, errors="replace").encode(), "application/x-www-form-urlencoded"
        if chance < 0.85:
            parts = []
            for name, value in pairs:
                parts.append(f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n')
            for _ in range(rng.randrange(3)):
                name = rng.choice(["a.pdf", "a.svg", "a.html", "..\\..\\x", self.value(rng, person).replace('"', "")])
                content = rng.choice(["%PDF-1.7 " + "x" * rng.randrange(2000), "<svg onload=alert(1)>", "", "PK\x03\x04" + "y" * 50])
                parts.append(f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n{content}\r\n')
            if rng.random() < 0.9:
                parts.append("--x--\r\n")
            return "".join(parts).encode("utf-8", "replace"), "multipart/form-data; boundary=x"
        if chance < 0.9:
            return json.dumps(dict(pairs)).encode(), "application/json"
        return rng.randbytes(rng.randrange(3000)), rng.choice(["application/offset+octet-stream", "application/x-www-form-urlencoded"])

    def one(self, rng, thread):
        person = self.people[rng.choices(list(self.people), [2, 4, 2, 4, 2])[0]]
        method = rng.choice(METHODS)
        target, pattern = self.path(rng, person)
        if "sign-out" in target and rng.random() < 0.95:
            return
        if pattern in self.allowed and rng.random() < 0.9:
            method = rng.choice(self.allowed[pattern])
        fields, body = {}, b""
        if method not in ("GET", "HEAD") or rng.random() < 0.02:
            body, fields["Content-Type"] = self.body(rng, person)
            fields["Sec-Fetch-Site"] = "same-origin"
        if "/tus" in target:
            fields.update({"Tus-Resumable": "1.0.0", "Upload-Length": str(rng.randrange(4000)), "Upload-Offset": "0"})
            if method == "PATCH":
                fields["Content-Type"] = "application/offset+octet-stream"
        for _ in range(rng.choice([0, 0, 0, 1, 1, 2])):
            name = rng.choice(list(FIELDS))
            fields[name] = rng.choice(FIELDS[name])
        cut = rng.randrange(len(body)) if body and rng.random() < 0.03 else None
        # Most from networks of their own, or a limit would be all that is met.
        home = "127.0.0.1" if rng.random() < 0.05 else f"127.{thread + 1}.{rng.randrange(250)}.{rng.randrange(1, 250)}"
        what = f"{method} {target} {fields} {body[:300]!r} as {person.name}"
        reply = self.send(person, method, target, fields, body, cut, home=home)
        self.judge(person, what, reply)
        if reply and pattern and reply[0] not in (303, 401, 404, 405):
            self.reached.add(pattern)
        if reply and reply[0] == 405 and pattern and "allow" in reply[1]:
            self.allowed[pattern] = reply[1]["allow"].split(", ")
        if reply and reply[0] == 201 and (place := reply[1].get("location")):
            person.paths.append(place)

    def work(self, thread, end):
        rng = random.Random(f"{self.seed}-{thread}")
        count = 0
        while time.monotonic() < end and self.firm.process.poll() is None:
            self.one(rng, thread)
            count += 1
            if thread == 0 and count % 50 == 0:
                self.renew(count)

    def renew(self, count):
        """Who signed out meanwhile comes back."""
        for name, login in (("member", f"fuzz{count}"), ("owner", None)):
            reply = self.send(self.people[name], "GET", "/settings", {}, b"")
            if reply and reply[0] == 303:
                self.sign_in(name, login) if login else self.login_owner()

    def run(self):
        began = time.monotonic()
        for name, person in self.people.items():
            for path in [urllib.parse.urlsplit(link).path for link in person.links] + ["/", "/settings", "/accounts"]:
                self.judge(person, f"GET {path} as {name}", self.send(person, "GET", path, {}, b""))
        # What nobody may be told is there to be told.
        for name, path in (("owner", "/accounts"), ("other guest", urllib.parse.urlsplit(self.hidden_links[1]).path)):
            told = html.unescape(self.send(self.people[name], "GET", path, {}, b"")[2].decode())
            assert any(secret in told for secret in HIDDEN.values()), f"{name} is not told what is theirs"
        threads = [threading.Thread(target=self.work, args=(number, began + self.seconds)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        alive = self.firm.process.poll() is None and self.send(self.people["nobody"], "GET", "/sign-in", {}, b"")
        if not alive or alive[0] != 200:
            self.findings.append("the daemon does not answer any more:\n" + "".join(self.firm.lines[-40:]))
        return time.monotonic() - began


def fuzz(binary, seconds, seed):
    """Findings, and a line of what was done."""
    fuzzer = Fuzzer(binary, seed, seconds)
    try:
        taken = fuzzer.run()
    finally:
        fuzzer.firm.close()
    total = sum(fuzzer.statuses.values())
    by_status = ", ".join(f"{status}: {count}" for status, count in sorted(fuzzer.statuses.items(), key=lambda one: str(one[0])))
    by_person = ", ".join(f"{name}: {count}" for name, count in fuzzer.asked.items())
    said = f"{total} requests in {taken:.0f} s (seed {seed}); of {len(fuzzer.patterns)} addresses {len(fuzzer.reached)} had more to say than where else to go\n{by_status}\n{by_person}"
    return fuzzer.findings, said


def main():
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("binary", type=os.path.abspath)
    reader.add_argument("--seconds", type=int, default=600)
    reader.add_argument("--seed", type=int, default=None)
    wanted = reader.parse_args()
    seed = wanted.seed if wanted.seed is not None else random.randrange(1 << 32)
    findings, said = fuzz(wanted.binary, wanted.seconds, seed)
    counted = collections.Counter(findings)
    for finding, count in list(counted.items())[:60]:
        print(f"{count} x {finding[:1500]}\n")
    print(said)
    print(f"{len(counted)} findings")
    sys.exit(1 if counted else 0)


if __name__ == "__main__":
    main()
