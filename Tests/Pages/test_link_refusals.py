"""What clients' pages say of what is not taken: in the client's words, and never of what was received."""

import re

from daemon import Daemon
from test_link_abuse import plain
from tus import PDF, fetch

LIMITS = """
[requests]
most_files   = 4
largest_file = "500 KB"
"""


def office(binary, more=LIMITS):
    daemon = Daemon(binary, more=more)
    daemon.config.write_text(daemon.config.read_text().replace("[web]", 'phone = "+49 30 1234"\n\n[web]', 1))
    daemon.start()
    daemon.run("account", "add", "Film GmbH", "--number", "10001", "--language", "en")
    return daemon


def is_of_the_client(page):
    """The firm and its phone, and no word of the staff's pages."""
    assert "Bergmann &amp; Partner" in page and "+49 30 1234" in page, page
    for word in ("Mailroom", "To the inbox", "Zum Posteingang", "受信トレイへ", "Nothing was changed", "nichts geändert"):
        assert word not in page, (word, page)


def listed(page):
    """The names under what was received."""
    return re.findall(r'<li class="up">.*?<b>(.+?)</b>', page.split('<section class="card yours"')[1])


def test_each_file_of_a_plain_form_is_taken_or_named(binary):
    daemon = office(binary)
    try:
        _, own = daemon.link("10001", "Mixed")
        body, headers = plain(
            own, ("huge.pdf", PDF + b"x" * (501 << 10)), ("note.txt", b"hello\n"), ("crlf.txt", b"a\r\nb\r\n"),
            ("huge too.pdf", PDF + b"y" * (600 << 10)))
        status, headers, page = fetch(own + "/files?language=en", "POST", body, headers)
        page = page.decode()
        assert status == 422 and listed(page) == ["note.txt", "crlf.txt"], (status, listed(page))
        assert "Not taken: “huge.pdf”, “huge too.pdf”." in page and "500" in page, page
        assert set(daemon.filed("10001")) == {"note.txt", "crlf.txt"}
        assert "set-cookie" in headers
    finally:
        daemon.close()


def test_what_is_over_the_limit_is_named_and_what_came_is_shown(binary):
    daemon = office(binary)
    try:
        _, own = daemon.link("10001", "Three hundred")
        body, headers = plain(own, *[(f"{number:03}.txt", b"%d\n" % number) for number in range(300)])
        status, headers, page = fetch(own + "/files?language=de", "POST", body, headers)
        page = page.decode()
        is_of_the_client(page)
        assert status == 422 and listed(page) == ["000.txt", "001.txt", "002.txt", "003.txt"], (status, listed(page))
        assert "höchstens 4 Dateien" in page and "„004.txt“" in page and "und 246 weitere" in page, page
        assert len(daemon.filed("10001")) == 4
        cookie = headers["set-cookie"].split(";")[0]
        again = fetch(own, headers={"Cookie": cookie})[2].decode()
        assert listed(again) == ["000.txt", "001.txt", "002.txt", "003.txt"], listed(again)
    finally:
        daemon.close()


def test_a_form_that_ends_in_the_middle_keeps_what_came(binary):
    daemon = office(binary)
    try:
        _, own = daemon.link("10001", "Cut")
        body, headers = plain(own, ("whole.txt", b"whole\n"), ("half.txt", b"half of it\n"))
        status, _, page = fetch(own + "/files?language=en", "POST", body[:-12], headers)
        page = page.decode()
        is_of_the_client(page)
        assert status == 422 and listed(page) == ["whole.txt"], (status, listed(page))
        assert "send only the rest again" in page
        assert set(daemon.filed("10001")) == {"whole.txt"}
    finally:
        daemon.close()


FORM = {"Content-Type": "application/x-www-form-urlencoded"}
REFUSED = [
    # where, how, with what, and what is answered
    ("{own}/files", "POST", b"x", {"Content-Type": "text/plain"}, 415),
    ("{own}/files", "POST", b"x", {"Content-Type": "multipart/form-data"}, 400),
    ("{own}/files", "POST", b"x", {"Content-Type": "multipart/form-data; boundary=x", "Sec-Fetch-Site": "cross-site"}, 403),
    ("{own}/decline", "POST", b"reason=" + b"x" * (17 << 10), FORM, 413),
    ("{own}/decline", "POST", b"{}", {"Content-Type": "application/json"}, 415),
    ("{own}/done", "GET", None, {}, 405),
    ("{own}/nothing", "GET", None, {}, 404),
    ("{own}/nothing/at/all", "POST", b"", {}, 404),
    ("{url}/u", "GET", None, {}, 404),
    ("{url}/s/x/take", "POST", b"document=" + b"x" * (17 << 10), FORM, 413),
    ("{url}/s/x/take", "POST", b"{}", {"Content-Type": "application/json"}, 415),
    ("{url}/s/x/nothing", "GET", None, {}, 404),
    ("{url}/s/x/take", "GET", None, {}, 405),
    ("{url}/client/sign-in", "POST", b"address=" + b"x" * (17 << 10), FORM, 413),
    ("{url}/client/sign-in", "POST", b"{}", {"Content-Type": "application/json"}, 415),
    ("{url}/client/nothing", "GET", None, {}, 404),
    ("{url}/client/sign-out", "GET", None, {}, 404),
]


def test_every_refusal_below_clients_addresses_is_the_clients_page(binary):
    daemon = office(binary)
    try:
        _, own = daemon.link("10001", "Refused")
        for where, method, body, headers, wanted in REFUSED:
            for language in ("de", "en", "ja"):
                status, _, page = fetch(
                    where.format(own=own, url=daemon.url), method, body, {**headers, "Accept-Language": language})
                assert status == wanted, (where, method, headers, status)
                is_of_the_client(page.decode())
                assert f'<html lang="{language}"' in page.decode(), (where, page)
        # Staff have theirs.
        assert "Mailroom" in fetch(daemon.url + "/nothing")[2].decode()
    finally:
        daemon.close()
