"""Stories of links that went wrong elsewhere."""

import hashlib
import os
import pathlib
import re
import signal
import socket
import sqlite3
import struct
import threading
import urllib.parse

from crowd import sign_in
from daemon import Daemon
from look import until
from tus import PDF, TUS, append, begun, fetch, offset, upload

ROOT = pathlib.Path(__file__).resolve().parents[2]


def office(binary, more=""):
    daemon = Daemon(binary, more=more).start()
    daemon.run("account", "add", "Film GmbH", "--number", "10001", "--language", "en")
    return daemon


def remembered(daemon):
    """All that the database has."""
    with sqlite3.connect(f"file:{daemon.folder}/data/mailroom.db?mode=ro", uri=True) as database:
        tables = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
        rows = [f"{name}: {row}" for name, in tables.fetchall() for row in database.execute(f"SELECT * FROM {name}")]
    database.close()
    return rows


def owner(daemon):
    """The cookie of somebody who may see everything."""
    return {"Cookie": sign_in(daemon, "jana")}


def test_f37_a_scanner_that_gets_every_link_changes_nothing(binary):
    daemon = office(binary)
    try:
        anybody, own = daemon.link("10001", "Scanned", "Slip", "Lease")
        place = begun(own, 100)
        daemon.run("request", "list")
        before = remembered(daemon)
        seen = set()
        waiting = [own, anybody, place, own + "/tus"]
        while waiting:
            url = waiting.pop()
            if url in seen or len(seen) > 80:
                continue
            seen.add(url)
            for agent in ("Mozilla/5.0", "BarracudaCentral", "Microsoft Office/16.0 (SafeLinks)"):
                for method in ("GET", "HEAD", "OPTIONS"):
                    status, headers, content = fetch(url, method, headers={"User-Agent": agent})
                    assert status < 500 and "set-cookie" not in headers, (url, status)
            for found in re.findall(rb'(?:href|action|formaction)="(/u/[^"]+)"', fetch(url)[2]):
                waiting.append(daemon.url + found.decode().replace("&amp;", "&"))
        assert len(seen) >= 10, seen
        assert remembered(daemon) == before
        # Nothing was used up: a person still hands over what is asked for.
        assert append(place, 0, PDF + bytes(100 - len(PDF)))[0] == 204
    finally:
        daemon.close()


def test_f38_wrong_expired_revoked_and_replaced_are_one_page_and_the_owner_is_told(binary):
    daemon = office(binary)
    try:
        good = daemon.link("10001", "Good")
        expired, revoked, replaced = (daemon.link("10001", title) for title in ("Expired", "Revoked", "Replaced"))
        numbers = {one["title"]: one["id"] for one in daemon.json("request", "list")}
        daemon.run("request", "revoke", str(numbers["Revoked"]))
        daemon.end()
        with sqlite3.connect(daemon.folder / "data/mailroom.db") as database:
            database.execute("UPDATE request SET expires = 1000 WHERE id = ?", (numbers["Expired"],))
            database.execute("UPDATE request SET generation = generation + 1 WHERE id = ?", (numbers["Replaced"],))
        database.close()
        daemon.start()
        # The same number with another's proof, a letter changed, a piece missing, nothing of ours at all.
        token, other = (link.rpartition("/")[2] for link in good)
        wrong = [f"{daemon.url}/u/{one}" for one in (
            token[:10] + other[10:], token[:-1] + ("A" if token[-1] != "A" else "B"), token[:-2], token + "A", "x", "A" * 30)]
        links = [*expired, *revoked, *replaced, *wrong]
        home = lambda index: f"127.7.{index + 1}.1"
        for language in ("de", "en", "ja"):
            answers = [fetch(f"{link}?language={language}", home=home(index)) for index, link in enumerate(links)]
            assert {status for status, _, _ in answers} == {410}
            assert len({re.sub(rb"/u/[\w-]*", b"/u/", content) for _, _, content in answers}) == 1
            fields = [{name: value for name, value in headers.items() if name not in ("date", "content-length")} for _, headers, _ in answers]
            assert all(one == fields[0] for one in fields), fields
        for index, link in enumerate(links):
            announced = fetch(link + "/tus", "POST", b"", {**TUS, "Upload-Length": "1"}, home=home(index))
            assert announced[::2] == (410, b"over")
            answer = fetch(link + "/renew", "POST", b"", {"Sec-Fetch-Site": "same-origin"}, home=home(index))
            assert answer[0] == 303 and answer[1]["location"].endswith("did=asked"), answer
        # Of all these one is worth a word to the owner, and a person sees it.
        wishes = lambda: [line for line in remembered(daemon) if "upload.link_wanted" in line]
        until(lambda: wishes(), "the owner is told")
        assert all("Expired" in line for line in wishes()), wishes()
        page = fetch(f"{daemon.url}/requests/{numbers['Expired']}", headers=owner(daemon))[2].decode()
        assert "Expired" in page
        assert fetch(good[1])[0] == 200
    finally:
        daemon.close()


def written(daemon):
    """How much of the one file that is coming is on the disk; to ask for the offset would end the piece."""
    return sum(path.stat().st_size for path in (daemon.folder / "data/content/unfinished").iterdir())


def test_f39_a_big_file_over_a_bad_line(binary):
    daemon = office(binary)
    try:
        _, own = daemon.link("10001", "Bad line")
        octets = PDF + os.urandom(6 << 20)
        place = begun(own, len(octets), "big.pdf")
        parts = urllib.parse.urlsplit(place)
        there = 0
        for cut in range(5):
            # The line breaks in the middle of a piece, and after the third of them so does the daemon.
            with socket.create_connection((parts.hostname, parts.port)) as line:
                line.sendall((
                    f"PATCH {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/"
                    f"offset+octet-stream\r\nUpload-Offset: {there}\r\nContent-Length: {len(octets) - there}\r\n\r\n").encode())
                line.sendall(octets[there:there + 900_001])
                until(lambda: written(daemon) > there + 500_000, "some of it is there")
            if cut == 2:
                daemon.end(signal.SIGKILL)
                daemon.start()
            there = offset(place)
            assert 0 < there < len(octets)
        status, headers, _ = append(place, there, octets[there:])
        digest = hashlib.sha256(octets).hexdigest()
        assert status == 204 and headers["x-sha256"] == digest
        assert daemon.filed("10001")["big.pdf"]["sha256"] == digest
    finally:
        daemon.close()


def test_f39_a_photo_as_phones_take_it_is_kept_and_shown(binary):
    daemon = office(binary)
    try:
        _, own = daemon.link("10001", "Photo")
        octets = (ROOT / "Tests/Fixtures/Pictures/photo.heic").read_bytes()
        assert upload(own, octets, "IMG_0001.HEIC")[0] == 204
        filed = daemon.filed("10001")["IMG_0001.HEIC"]
        assert filed["sha256"] == hashlib.sha256(octets).hexdigest(), "unaltered"
        cookie = owner(daemon)
        number = next(one["id"] for one in daemon.json("message", "list") if one["subject"] == "Photo")
        status, headers, content = fetch(f"{daemon.url}/m/{number}/thumb/2", headers=cookie)
        assert status == 200 and headers["content-type"] in ("image/jpeg", "image/png", "image/webp"), (status, headers)
        assert not content.startswith(octets[:12])
    finally:
        daemon.close()


def test_f39_the_same_name_twice_gets_a_number_and_the_same_file_does_not(binary):
    daemon = office(binary)
    try:
        _, own = daemon.link("10001", "Twice")
        for octets in (PDF + b"1", PDF + b"2", PDF + b"1"):
            assert upload(own, octets, "Scan.pdf")[0] == 204
        assert upload(own, PDF + b"3", "SCAN.PDF")[0] == 204
        assert sorted(daemon.filed("10001")) == ["SCAN (3).PDF", "Scan (2).pdf", "Scan.pdf"]
    finally:
        daemon.close()


class Clamd:
    """A scanner that finds one thing."""

    def __init__(self, path):
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(str(path))
        self.server.listen(20)
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                line, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self.answer, args=(line,), daemon=True).start()

    def answer(self, line):
        with line, line.makefile("rb") as file:
            command = b""
            while not command.endswith((b"\0", b"\n")):
                octet = file.read(1)
                if not octet:
                    return
                command += octet
            content = b""
            if b"INSTREAM" in command:
                while count := struct.unpack("!I", file.read(4))[0]:
                    content += file.read(count)
            found = b"stream: Eicar-Test-Signature FOUND" if b"EICAR" in content else b"stream: OK"
            line.sendall((b"PONG" if b"PING" in command else found) + command[-1:])


def test_f39_what_the_scanner_finds_waits_and_its_sender_learns_nothing_but_that_it_came(binary):
    daemon = Daemon(binary)
    daemon.config.write_text(daemon.config.read_text() + f'\n[scanning]\nclamd = "{daemon.folder}/clamd"\n')
    clamd = Clamd(daemon.folder / "clamd")
    try:
        daemon.start()
        daemon.run("account", "add", "Film GmbH", "--number", "10001", "--language", "en")
        _, own = daemon.link("10001", "Virus", "Slip")
        assert upload(own, PDF + b"EICAR", "Slip.pdf", item="1")[0] == 204
        assert upload(own, PDF, "Clean.pdf")[0] == 204
        assert set(daemon.filed("10001")) == {"Clean.pdf"}
        waiting = daemon.json("file", "list", "--state", "needs_filing")
        assert [(one["name"], one["reason"]) for one in waiting] == [("Slip.pdf", "infected")], waiting
        number = daemon.json("request", "list")[0]["id"]
        assert daemon.json("request", "show", str(number))[0]["items"][0]["state"] == "open"
    finally:
        clamd.server.close()
        daemon.close()
