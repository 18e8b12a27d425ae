"""What strangers send: too much, too often, under any name, and with anything inside."""

import http.client
import io
import os
import re
import urllib.parse
import zipfile

from crowd import sign_in
from daemon import Daemon
from look import until
from tus import PATCH, PDF, TUS, append, begin, begun, fetch, offset, upload

LANGUAGES = {"de": "Bitte", "en": "Please", "ja": "お"}


def office(binary, more=""):
    daemon = Daemon(binary, more=more).start()
    daemon.run("account", "add", "Film GmbH", "--number", "10001", "--language", "en")
    return daemon


def left(daemon):
    """What half of a file would have left on the disk."""
    content = daemon.folder / "data/content"
    return [path for place in ("tmp", "unfinished") for path in (content / place).iterdir()]


def plain(link, *files, fields=()):
    """What a browser without a script sends."""
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields]
    for name, octets in files:
        parts.append(f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode() + octets + b"\r\n")
    return b"".join(parts) + b"--x--\r\n", {"Content-Type": "multipart/form-data; boundary=x", "Sec-Fetch-Site": "same-origin"}


def staff(daemon):
    """The cookie of somebody who may see everything."""
    return {"Cookie": sign_in(daemon, "jana")}


NAMES = [
    # as sent, and the name that it is filed under
    ("../../etc/passwd.pdf", "passwd.pdf"),
    ("..\\..\\windows\\system.pdf", "system.pdf"),
    ("/root/.ssh/keys.pdf", "keys.pdf"),
    ("a\x00b\x07c\x1b[31m.pdf", "abc[31m.pdf"),
    ("zwei\r\nSet-Cookie: x=1.pdf", "zweiSet-Cookie_ x=1.pdf"),
    ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
    ("CON.pdf", "_CON.pdf"),
    ("-rf.pdf", "_-rf.pdf"),
    (".hidden.pdf", "_hidden.pdf"),
    ("<img src=x onerror=alert(1)>.pdf", "_img src=x onerror=alert(1)_.pdf"),
    ("請求書 Äöü.pdf", "請求書 Äöü.pdf"),
    ("..", None),
    ("   ", None),
    ("", None),
    ("x" * 5000 + ".pdf", None),
    (b"\xff\xfe.pdf", None),
]


def test_every_name_is_filed_under_one_that_leads_nowhere(binary):
    daemon = office(binary)
    try:
        _, own = daemon.link("10001", "Names")
        for index, (name, expected) in enumerate(NAMES):
            octets = PDF + b"%d" % index
            before = set(daemon.filed("10001"))
            status, headers, _ = upload(own, octets, name)
            assert status == 204, (name, status)
            new = set(daemon.filed("10001")) - before
            waiting = [one["name"] for one in daemon.json("file", "list", "--state", "needs_filing")]
            assert len(new) == 1, (name, new, waiting)
            filed = new.pop()
            assert "/" not in filed and "\\" not in filed and not filed.startswith((".", "-")), filed
            assert len(filed.encode()) <= 200 and not re.search(r"[\x00-\x1f\x7f\u202e]", filed), filed
            if expected:
                assert filed == expected, (name, filed)
        root = daemon.folder / "data/documents"
        on_disk = [path for path in root.rglob("*") if path.is_file()]
        assert len(on_disk) == len(NAMES), on_disk
        # Staff's pages have them as text, whatever they look like.
        cookie = staff(daemon)
        for path in ("/?view=all", "/documents"):
            status, _, page = fetch(daemon.url + path, headers=cookie)
            assert status == 200 and b"<img src=x" not in page, path
            assert path != "/documents" or b"onerror=alert(1)" in page
        for one in daemon.json("file", "list", "--account", "10001"):
            status, headers, _ = fetch(f"{daemon.url}/d/{one['id']}?download", headers=cookie)
            disposition = headers["content-disposition"]
            assert status == 200 and disposition.startswith("attachment; filename="), disposition
            assert disposition.isascii() and not re.search(r"[\r\n\x00]", disposition)
            if not one["name"].isascii():
                assert "filename*=UTF-8''" + urllib.parse.quote(one["name"], safe="") in disposition.replace("%28", "("), disposition
    finally:
        daemon.close()


def test_what_a_browser_would_run_is_never_shown(binary):
    daemon = office(binary)
    try:
        _, own = daemon.link("10001", "Active")
        html = b"<!doctype html><script>document.title='run'</script>"
        svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
        sent = {"a.html": html, "a.svg": svg, "a.xhtml": html, "a.png": svg, "a.txt": html, "a.pdf": html, "a.xml": svg, "a.mhtml": html}
        for name, octets in sent.items():
            assert upload(own, octets, name)[0] == 204
        cookie = staff(daemon)
        found = [f"/d/{one['id']}" for one in daemon.json("file", "list", "--account", "10001")]
        found += [f"/m/{one['id']}/part/2" for one in daemon.json("message", "list")]
        answers = 0
        for path in found:
            for query in ("", "?download", "?inline"):
                status, headers, content = fetch(daemon.url + path + query, headers=cookie)
                if status != 200:
                    continue
                answers += 1
                kind, disposition = headers["content-type"], headers["content-disposition"]
                assert headers["x-content-type-options"] == "nosniff"
                assert "sandbox" in headers["content-security-policy"], headers
                assert disposition.startswith("attachment") or kind in ("image/png", "text/plain; charset=utf-8"), (path, kind)
                assert not re.search("html|svg|xml", kind), (path, kind)
        assert answers >= len(sent)
    finally:
        daemon.close()


def test_a_link_takes_so_many_files_and_octets_and_no_more(binary):
    daemon = office(binary, """
[requests]
most_files   = 4
most_bytes   = "1 MB"
largest_file = "500 KB"
""")
    try:
        _, own = daemon.link("10001", "Quota")
        assert begin(own, (500 << 10) + 1)[::2] == (413, b"large")
        assert upload(own, PDF + b"1", "1.pdf")[0] == 204
        # What is only announced counts, or a thousand of them were no limit.
        places = [begun(own, 400 << 10, f"{index}.pdf") for index in range(2)]
        assert begin(own, 400 << 10)[::2] == (429, b"busy"), "octets"
        assert begin(own, 10)[0] == 201
        assert begin(own, 1)[::2] == (429, b"busy"), "files"
        assert fetch(places[0], "DELETE", headers=TUS)[0] == 204
        assert begin(own, 1)[0] == 201, "what is given up counts no more"
        # What was received stays received, and the form says the same in a sentence.
        for language, word in LANGUAGES.items():
            status, _, page = fetch(f"{own}/files?language={language}", "POST", *plain(own, ("5.pdf", PDF + b"5")))
            assert status == 422 and word in page.decode(), (language, status)
        assert set(daemon.filed("10001")) == {"1.pdf"}
        _, other = daemon.link("10001", "Another")
        assert upload(other, PDF + b"2", "2.pdf")[0] == 204
        for number in range(3):
            body, headers = plain(other, (f"form {number}.pdf", PDF + b"f%d" % number))
            assert fetch(other + "/files", "POST", body, headers)[0] == 303
        assert begin(other, 1)[::2] == (403, b"many"), "so many came"
        body, headers = plain(other, ("large.pdf", PDF + b"x" * (501 << 10)))
        assert fetch(other + "/files", "POST", body, headers)[0] == 422
        assert left(daemon) == [path for path in left(daemon) if path.parent.name == "unfinished"]
    finally:
        daemon.close()


def test_a_full_disk_is_said_kindly_and_nothing_half_written_stays(binary):
    daemon = office(binary)
    try:
        _, own = daemon.link("10001", "Full")
        place = begun(own, 5000)
        assert append(place, 0, PDF)[0] == 204
        daemon.config.write_text(daemon.config.read_text().replace('min_free = "0 B"', 'min_free = "900 TB"'))
        daemon.end()
        daemon.start()
        assert begin(own, 10)[::2] == (507, b"room")
        assert append(place, len(PDF), b"x")[::2] == (507, b"room")
        assert offset(place) == len(PDF), "what came stays"
        for language, word in LANGUAGES.items():
            status, _, page = fetch(f"{own}/files?language={language}", "POST", *plain(own, ("a.pdf", PDF)))
            assert status == 422 and word in page.decode(), (language, status)
        assert daemon.filed("10001") == {}
        assert [path.name for path in left(daemon)] == [place.rpartition("/")[2]]
    finally:
        daemon.close()


def test_whoever_tries_tokens_waits_and_nobody_else(binary):
    daemon = office(binary)
    try:
        _, own = daemon.link("10001", "Tokens")
        wrong = daemon.url + "/u/" + "A" * 30
        statuses = [fetch(wrong, home="127.9.9.9")[0] for _ in range(80)]
        assert statuses[:50] == [410] * 50 and statuses[-5:] == [429] * 5, statuses
        for language, word in LANGUAGES.items():
            status, headers, page = fetch(f"{wrong}?language={language}", home="127.9.9.9")
            assert status == 429 and 1 <= int(headers["retry-after"]) <= 60 and f'lang="{language}"' in page.decode()
            assert headers["referrer-policy"] == "no-referrer" and headers["cache-control"] == "no-store"
        # A right one is told the same, so that nobody learns which they are.
        assert fetch(own, home="127.9.9.9")[0] == 429
        assert fetch(own + "/tus", "POST", b"", {**TUS, "Upload-Length": "1"}, home="127.9.9.9")[0] == 429
        assert fetch(own, home="127.9.9.10")[0] == 200
    finally:
        daemon.close()


def test_a_flood_of_one_link_waits_and_another_link_does_not(binary):
    daemon = office(binary)
    try:
        _, own = daemon.link("10001", "Flood")
        _, other = daemon.link("10001", "Calm")
        parts = urllib.parse.urlsplit(own)
        statuses = []
        for index in range(700):
            home = f"127.8.{index % 200}.1"
            line = http.client.HTTPConnection(parts.netloc, timeout=30, source_address=(home, 0))
            line.request("POST", parts.path + "/opened", b"", {"Sec-Fetch-Site": "same-origin"})
            reply = line.getresponse()
            reply.read()
            line.close()
            statuses.append(reply.status)
            if reply.status == 429:
                break
        assert statuses[-1] == 429 and len(statuses) >= 300, (len(statuses), statuses[-1])
        assert int(reply.headers["Retry-After"]) >= 1
        assert fetch(other, home="127.8.1.1")[0] == 200
    finally:
        daemon.close()


def bomb():
    """500 MB of nothing in half a megabyte, twice wrapped."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("zeros.pdf", "w") as file:
            for _ in range(500):
                file.write(bytes(1 << 20))
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        for index in range(20):
            archive.writestr(f"{index}.zip", inner.getvalue())
    return outer.getvalue()


def slip():
    """Members whose names lead out of the archive."""
    octets = io.BytesIO()
    with zipfile.ZipFile(octets, "w") as archive:
        for name in ("../../../../tmp/mailroom-slip.pdf", "/tmp/mailroom-slip.pdf"):
            archive.writestr(name, PDF)
    return octets.getvalue()


def test_a_bomb_is_received_and_waits_unopened(binary):
    daemon = office(binary)
    try:
        _, own = daemon.link("10001", "Bomb")
        assert upload(own, bomb(), "Belege.zip")[0] == 204
        waiting = daemon.json("file", "list", "--state", "needs_filing")
        assert [one["name"] for one in waiting] == ["Belege.zip"], waiting
        assert daemon.filed("10001") == {}
        size = sum(path.stat().st_size for path in (daemon.folder / "data").rglob("*") if path.is_file())
        assert size < 50 << 20, size
        assert upload(own, slip(), "Slip.zip")[0] == 204
        assert not os.path.exists("/tmp/mailroom-slip.pdf")
        assert all("/" not in name and not name.startswith(".") for name in daemon.filed("10001"))
        assert left(daemon) == []
    finally:
        daemon.close()


def test_the_page_waits_as_it_is_told_and_goes_on(binary, browser):
    daemon = office(binary)
    try:
        _, own = daemon.link("10001", "Busy")
        page = browser.context().new_page()
        refused = []

        def once(route):
            if route.request.method == "PATCH" and not refused:
                refused.append(route.request.url)
                return route.fulfill(status=429, headers={"Retry-After": "2"}, body="busy")
            return route.continue_()

        page.route("**/tus/**", once)
        page.goto(own + "?language=en")
        page.set_input_files("#f-file", [{"name": "a.pdf", "mimeType": "application/pdf", "buffer": PDF}])
        until(lambda: "by itself" in page.locator(".up small").inner_text(), "the wait is told", 30)
        until(lambda: page.locator(".up small.ok").count() == 1, "it goes on by itself", 30)
        assert "a.pdf" in daemon.filed("10001")
    finally:
        daemon.close()


def test_whoever_is_still_sending_hears_why_not(binary):
    daemon = office(binary)
    try:
        _, own = daemon.link("10001", "Refused")
        place = begun(own, 20 << 20)
        piece = bytes(4 << 20)
        assert append(place, 5, piece)[::2] == (409, b"offset")
        assert append(place + "x", 0, piece)[::2] == (404, b"gone")
        number = daemon.json("request", "list")[0]["id"]
        daemon.run("request", "revoke", str(number))
        assert append(place, 0, piece)[::2] == (410, b"over")
        body, headers = plain(own, ("a.pdf", piece))
        assert fetch(own + "/files", "POST", body, headers)[0] == 410
    finally:
        daemon.close()


def test_the_same_upload_by_another_link_is_not_there(binary):
    daemon = office(binary)
    try:
        _, own = daemon.link("10001", "Own")
        anybody, other = daemon.link("10001", "Other")
        place = begun(own, 100)
        name = place.rpartition("/")[2]
        for link in (other, anybody, own[:-1] + ("A" if own[-1] != "A" else "B")):
            for method in ("HEAD", "PATCH", "DELETE"):
                headers = {**PATCH, "Upload-Offset": "0"} if method == "PATCH" else TUS
                assert fetch(f"{link}/tus/{name}", method, b"x" if method == "PATCH" else None, headers)[0] in (404, 410)
        assert offset(place) == 0
    finally:
        daemon.close()
