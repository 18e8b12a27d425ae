"""Uploads outlive the daemon: they go on where they were, however it ended."""

import base64
import hashlib
import os
import re
import signal
import sqlite3
import time

from daemon import Daemon
from look import until
from tus import PDF, TUS, append, begun, fetch, offset
from test_links import on_disk


def office(binary, more=""):
    daemon = Daemon(binary, more=more).start()
    daemon.run("account", "add", "Film GmbH", "--number", "10001", "--language", "en")
    return daemon


def coming(daemon):
    """The files of which a part has come."""
    return sorted(os.listdir(daemon.folder / "data/content/unfinished"))


def test_an_upload_goes_on_after_the_daemon_was_killed_and_after_it_ended(binary):
    daemon = office(binary)
    try:
        _, own = daemon.link("10001", "Films")
        octets = PDF + os.urandom(3 << 20)
        place = begun(own, len(octets))
        assert append(place, 0, octets[:700_001])[0] == 204
        daemon.end(signal.SIGKILL)
        daemon.start()
        assert offset(place) == 700_001
        assert append(place, 700_000, octets[700_000:])[0] == 409
        assert append(place, 700_001, octets[700_001:2_000_000])[0] == 204
        daemon.end()
        daemon.start()
        assert offset(place) == 2_000_000
        status, headers, _ = append(place, 2_000_000, octets[2_000_000:])
        digest = hashlib.sha256(octets).hexdigest()
        assert status == 204 and headers["x-sha256"] == digest
        # Whoever did not hear the answer hears it after the next start, too.
        daemon.end(signal.SIGKILL)
        daemon.start()
        status, headers, _ = fetch(place, "HEAD", headers=TUS)
        assert (status, headers["x-sha256"]) == (200, digest)
        assert daemon.filed("10001")["film.pdf"]["sha256"] == digest
        assert coming(daemon) == []
    finally:
        daemon.close()


def test_killed_while_it_is_filed_a_file_is_there_once(binary):
    for point in ("upload-published", "upload-flushed", "upload-recorded"):
        daemon = office(binary)
        try:
            _, own = daemon.link("10001", "Films")
            octets = PDF + os.urandom(300_000)
            place = begun(own, len(octets))
            assert append(place, 0, octets[:200_000])[0] == 204
            daemon.end()
            daemon.start(MAILROOM_FAULT=f"kill:{point}:1")
            try:
                append(place, 200_000, octets[200_000:])
                raise AssertionError(f"it was not killed at {point}")
            except OSError:
                daemon.process.wait(20)
            daemon.start()
            # Before it was recorded it is sent again; then it was there, and the answer says so.
            there = offset(place)
            assert there == (len(octets) if point == "upload-recorded" else 0), (point, there)
            if there == 0:
                assert append(place, 0, octets)[1]["x-sha256"] == hashlib.sha256(octets).hexdigest()
            assert [one["name"] for one in daemon.json("file", "list", "--account", "10001")] == ["film.pdf"]
            assert coming(daemon) == []
        finally:
            daemon.close()


def test_what_nobody_goes_on_with_is_swept(binary):
    daemon = office(binary, '\n[storage.keep]\nunfinished_uploads = "6 hours"\n')
    try:
        _, own = daemon.link("10001", "Films")
        old, young = begun(own, 100), begun(own, 100)
        for place in (old, young):
            assert append(place, 0, PDF[:50])[0] == 204
        (daemon.folder / "data/content/unfinished/nobodys").write_bytes(b"x")
        daemon.end()
        with sqlite3.connect(daemon.folder / "data/mailroom.db") as database:
            database.execute(
                "UPDATE unfinished_upload SET last = last - 7 * 3600000 WHERE id = ?", (old.rpartition("/")[2],))
        database.close()
        daemon.start()
        until(lambda: coming(daemon) == [young.rpartition("/")[2]], "the old one is gone")
        assert offset(old) is None and offset(young) == 50
    finally:
        daemon.close()


def test_the_page_goes_on_after_a_reload_and_a_restart(binary, browser):
    daemon = office(binary)
    try:
        _, own = daemon.link("10001", "Films")
        page = browser.watched(browser.context().new_page())
        page.on("dialog", lambda dialog: dialog.accept())
        posts = []
        page.on("request", lambda request: posts.append(request.url) if request.method == "POST" and request.url.endswith("/tus") else None)
        page.route("**/tus/**", lambda route: (time.sleep(0.15), route.continue_()))
        page.goto(own + "?language=en")
        octets = PDF + os.urandom(24 << 20)
        path = on_disk("film.pdf", octets)
        page.set_input_files("#f-file", path)
        until(lambda: page.locator(".up progress").first.evaluate("bar => bar.value") > 25, "some of it is there", 60)
        daemon.end(signal.SIGKILL)
        until(lambda: "goes on from" in page.locator(".up small").first.inner_text(), "the cut is told", 30)
        daemon.start()
        page.reload()
        # The page says what it waits for; the same file goes on where it was.
        waiting = page.locator("[data-unfinished]")
        assert waiting.count() == 1 and re.search(r"film\.pdf", waiting.inner_text()), page.locator("#yours").inner_text()
        # The browser says of each request while the daemon was away that it failed.
        page.complaints.clear()
        browser.check(page)
        page.set_input_files("#f-file", path)
        until(lambda: page.locator(".up small.ok").count() == 1, "all of it is there", 90)
        assert page.locator("[data-unfinished]").count() == 0
        assert len(posts) == 1, posts
        assert daemon.filed("10001")["film.pdf"]["sha256"] == hashlib.sha256(octets).hexdigest()
    finally:
        daemon.close()


def client(daemon):
    """A browser of a client who is signed in, as a mail would have let them in: what it says each time."""
    daemon.run("contact", "add", "10001", "kim@film.example", "--name", "Kim")
    daemon.run("contact", "edit", "kim@film.example", "--switches", "sync login")
    token, now = os.urandom(32), int(time.time() * 1000)
    with sqlite3.connect(daemon.folder / "data/mailroom.db", timeout=20) as database:
        row = database.execute("SELECT account, contact, key FROM account_contact WHERE address LIKE 'kim%'").fetchone()
        database.execute("INSERT INTO client_invitation (account, contact, key, at, by) VALUES (?, ?, ?, ?, 'x')", (*row, now))
        database.execute(
            "INSERT INTO client_session (token, contact, key, csrf, began, last_seen) VALUES (?, ?, ?, ?, ?, ?)",
            (hashlib.sha256(token).digest(), *row[1:], os.urandom(32), now, now))
    return {"cookie": "client=" + base64.urlsafe_b64encode(token).decode().rstrip("=")}


def test_what_a_client_puts_into_a_folder_goes_on_after_a_restart(binary):
    daemon = office(binary)
    try:
        known = client(daemon)
        status, _, page = fetch(daemon.url + "/client/account/10001", headers=known)
        assert status == 200, page
        place, token = (re.search(pattern, page.decode())[1] for pattern in (
            'data-tus="([^"]*)"', 'name="token" value="([^"]*)"'))
        says = {**known, **TUS, "x-token": token}
        octets = PDF + os.urandom(3 << 20)
        status, headers, content = fetch(
            daemon.url + place.replace("&amp;", "&"), "POST", b"",
            {**says, "Upload-Length": str(len(octets)), "Upload-Metadata": "filename ZmlsbS5wZGY="})
        assert status == 201, content
        place = daemon.url + headers["location"]

        def send(offset, piece):
            return fetch(place, "PATCH", piece, {
                **says, "Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)})

        assert send(0, octets[:700_001])[0] == 204
        for sign in (signal.SIGKILL, signal.SIGTERM):
            daemon.end(sign)
            daemon.start()
            assert fetch(place, "HEAD", headers=says)[1]["upload-offset"] == "700001"
        # Killed while it is filed, it is there once.
        daemon.end()
        daemon.start(MAILROOM_FAULT="kill:upload-recorded:1")
        try:
            send(700_001, octets[700_001:])
            raise AssertionError("it was not killed")
        except OSError:
            daemon.process.wait(20)
        daemon.start()
        digest = hashlib.sha256(octets).hexdigest()
        status, headers, _ = fetch(place, "HEAD", headers=says)
        assert (headers["x-sha256"], headers["x-outcome"]) == (digest, "filed")
        assert [one["sha256"] for one in daemon.filed("10001").values()] == [digest]
        assert coming(daemon) == []
    finally:
        daemon.close()
