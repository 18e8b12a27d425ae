"""Links without a login: upload, and the one page for every link that is good no longer."""

import base64
import email
import hashlib
import http.client
import os
import pathlib
import re
import socket
import tempfile
import time
import urllib.parse

import tusclient.client

from look import looks, until

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def ask(firm, title, *items, to="buero@hofmann-brot.example", account="10482", **options):
    """A request that is out; its number."""
    words = ["request", "send", account, title, "--to", to]
    for item in items:
        words += ["--item", item]
    for name, value in options.items():
        words += [f"--{name}", value]
    firm.run(*words)
    return next(one["id"] for one in firm.json("request", "list") if one["title"] == title)


def links(firm, number):
    """The personal link of the first recipient, and the open one."""
    found = firm.json("request", "link", str(number))[0]
    return found["links"][0]["link"], found["link"]


def request(firm, number):
    return firm.json("request", "show", str(number))[0]


def states(firm, number):
    return [item["state"] for item in request(firm, number)["items"]]


def fetch(url, method="GET", body=None, headers=()):
    """A reply as the network has it: status, headers, content."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    connection.request(method, parts.path + ("?" + parts.query if parts.query else ""), body, dict(headers))
    reply = connection.getresponse()
    content = reply.read()
    connection.close()
    return reply.status, dict((name.lower(), value) for name, value in reply.getheaders()), content


def file(name, octets=PDF, media_type="application/pdf"):
    return {"name": name, "mimeType": media_type, "buffer": octets}


def filed(firm, account="10482"):
    return {one["name"]: one for one in firm.json("file", "list", "--account", account)}


def test_without_javascript_files_are_sent_filed_and_ticked(firm, browser):
    number = ask(firm, "Ohne Skript", "Kontoauszüge", "Mietvertrag")
    own, _ = links(firm, number)
    page = browser.watched(browser.context(javascript=False).new_page())
    page.goto(own + "?language=en")
    assert page.get_by_text("Jana", exact=False).count() or page.locator("blockquote").count()
    octets = PDF + os.urandom(300_000)
    page.select_option("#f-item", label="Kontoauszüge")
    page.set_input_files("#f-file", [file("gross Äöü 請求書.pdf", octets), file("zweite.pdf", PDF + b"2")])
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url(re.compile("did=sent"))
    assert "2 files received" in page.locator("#yours").inner_text()
    assert hashlib.sha256(octets).hexdigest() in page.locator("#yours").text_content()
    found = filed(firm)
    assert found["gross Äöü 請求書.pdf"]["sha256"] == hashlib.sha256(octets).hexdigest()
    assert found["gross Äöü 請求書.pdf"]["account"] == "10482"
    assert states(firm, number) == ["received", "open"]
    # "I don't have it", with a reason: nothing is asked for any more.
    page.locator(".wants summary").first.click()
    page.fill(".wants input[name=reason] >> visible=true", "wohne im Eigenheim")
    page.get_by_role("button", name="Tell the office", exact=True).click()
    page.wait_for_url(re.compile("did=declined"))
    assert states(firm, number) == ["received", "unavailable"]
    assert request(firm, number)["items"][1]["note"] == "wohne im Eigenheim"
    assert request(firm, number)["state"] == "answered"


def test_the_receipt_lists_names_sizes_and_checksums(firm, browser):
    number = ask(firm, "Quittung bitte", "Beleg")
    own, _ = links(firm, number)
    page = browser.watched(browser.context().new_page())
    page.goto(own)
    octets = PDF + os.urandom(1000)
    send(page, file("Beleg 7.pdf", octets), item="Beleg")
    page.get_by_role("button", name="Fertig").click()
    page.wait_for_url(re.compile("did=done"))
    receipts = until(
        lambda: [one for one in firm.json("queue", "list", "--all") if one["kind"] == "receipt" and one["request"] == number],
        "a receipt")
    assert len(receipts) == 1, receipts
    page.get_by_role("button", name="Fertig").click()
    page.wait_for_url(re.compile("did=done"))
    assert len([one for one in firm.json("queue", "list", "--all") if one["kind"] == "receipt" and one["request"] == number]) == 1
    letter = email.message_from_string(firm.run("message", "save", str(receipts[0]["message"])))
    text = next(part for part in letter.walk() if part.get_content_type() == "text/plain")
    text = text.get_payload(decode=True).decode()
    assert "Beleg 7.pdf" in text and hashlib.sha256(octets).hexdigest() in re.sub(r"\s", "", text)


def send(page, *files, item=None):
    """Chooses files on a page with its script, and waits until all of them are there."""
    if item:
        page.select_option("#f-item", label=item)
    done = page.locator(".up small.ok").count()
    page.set_input_files("#f-file", list(files))
    until(lambda: page.locator(".up small.ok").count() == done + len(files), "all files are there", 60)


def test_names_are_told_to_the_browser_that_sent_them_alone(firm, browser):
    number = ask(firm, "Wer sieht was", "Lohnzettel")
    own, anybody = links(firm, number)
    mine = browser.context().new_page()
    mine.goto(own)
    send(mine, file("geheim-4711.pdf", PDF + b"a"), item="Lohnzettel")
    assert "geheim-4711.pdf" in mine.content()
    other = browser.context().new_page()
    other.goto(own)
    assert "geheim-4711" not in other.content()
    assert "1 Datei angekommen" in other.locator(".wants").inner_text()
    open_page = browser.context().new_page()
    open_page.goto(anybody)
    assert "geheim-4711" not in open_page.content()
    assert "Datei angekommen" not in open_page.content()


def test_an_open_link_asks_who_comes(firm, browser):
    number = ask(firm, "Für alle", "Rechnung")
    _, anybody = links(firm, number)
    page = browser.context(javascript=False).new_page()
    page.goto(anybody)
    page.set_input_files("#f-file", [file("offen.pdf", PDF + b"o")])
    page.evaluate("0")
    page.fill("#f-name", "Klara Neu")
    page.fill("#f-address", "klara@neu.example")
    page.get_by_role("button", name="Senden").click()
    page.wait_for_url(re.compile("did=sent"))
    assert "offen.pdf" in filed(firm)
    sender = next(one["from"] for one in firm.json("message", "list", "--limit", "10") if one["subject"] == "Für alle" and one["direction"] == "in")
    assert sender == {"name": "Klara Neu", "address": "klara@neu.example"}


def test_files_wait_until_an_open_link_knows_who_comes(firm, browser):
    number = ask(firm, "Erst die Dateien", "Rechnung")
    _, anybody = links(firm, number)
    page = browser.watched(browser.context().new_page())
    page.goto(anybody + "?language=en")
    page.set_input_files("#f-file", [file("zuerst.pdf", PDF + b"z"), file("danach.pdf", PDF + b"d")])
    rows = page.locator(".ups .up small")
    assert rows.all_inner_texts() == ["Please tell us first who you are."] * 2, rows.all_inner_texts()
    assert page.evaluate("document.activeElement.id") == "f-name"
    browser.check(page)
    page.fill("#f-name", "Klara Neu")
    page.fill("#f-address", "klara@neu")
    page.press("#f-address", "Enter")
    assert rows.all_inner_texts() == ["This is not an e-mail address yet."] * 2, rows.all_inner_texts()
    assert page.get_attribute("#f-address", "aria-invalid") == "true"
    # What looks like a name to the page, and is none to the server, is asked for again, too.
    page.fill("#f-name", "www.neu.example")
    page.fill("#f-address", "klara@neu.example")
    with page.expect_response(lambda reply: reply.url.endswith("/tus") and reply.status == 403):
        page.press("#f-address", "Tab")
    until(lambda: page.locator(".ups .up small.wait").count() == 2, "the files wait on")
    assert page.get_attribute("#f-name", "aria-invalid") == "true"
    page.fill("#f-name", "Klara Neu")
    page.press("#f-name", "Tab")
    until(lambda: page.locator(".up small.ok").count() == 2, "both are there", 60)
    assert {"zuerst.pdf", "danach.pdf"} <= set(filed(firm))
    page.complaints[:] = [one for one in page.complaints if "403" not in one]
    browser.check(page)


def test_two_people_at_one_browser_never_see_each_others_files(firm, browser):
    number = ask(firm, "Zwei an einem", "Rechnung")
    _, anybody = links(firm, number)
    context = browser.context()
    page = context.new_page()
    page.goto(anybody + "?language=en")
    page.fill("#f-name", "Klara Neu")
    page.fill("#f-address", "klara@neu.example")
    send(page, file("ihre.pdf", PDF + b"1"))
    # A reload is the same person.
    page.goto(anybody + "?language=en")
    assert "ihre.pdf" in page.locator("#yours").inner_text() and page.input_value("#f-name") == "Klara Neu"
    assert all(cookie["expires"] == -1 for cookie in context.cookies()), context.cookies()
    page.fill("#f-name", "Max Alt")
    page.fill("#f-address", "max@alt.example")
    send(page, file("seine.pdf", PDF + b"2"))
    page.goto(anybody + "?language=en")
    assert "seine.pdf" in page.content()
    assert not any(word in page.content() for word in ("ihre.pdf", "Klara", "klara@"))
    senders = {one["from"]["address"] for one in firm.json("message", "list", "--limit", "20") if one["subject"] == "Zwei an einem" and one["direction"] == "in"}
    assert senders == {"klara@neu.example", "max@alt.example"}


def test_who_declines_everything_can_say_that_this_was_all(firm, browser):
    number = ask(firm, "Nichts davon", "Rechnung")
    own, _ = links(firm, number)
    page = browser.watched(browser.context().new_page())
    page.goto(own + "?language=en")
    assert not page.locator("#finish").is_visible()
    page.locator(".wants summary").first.click()
    page.get_by_role("button", name="Tell the office", exact=True).click()
    page.wait_for_url(re.compile("did=declined"))
    page.get_by_role("button", name="I’m done").click()
    page.wait_for_url(re.compile("did=told"))
    assert "receipt" not in page.get_by_role("status").first.inner_text()
    browser.check(page)


def test_what_may_be_dangerous_is_received_and_needs_filing(firm, browser):
    number = ask(firm, "Vorsicht", "Anlage")
    own, _ = links(firm, number)
    page = browser.context().new_page()
    page.goto(own)
    send(page, file("setup.exe", b"MZ" + bytes(5000), "application/octet-stream"), item="Anlage")
    waiting = [one for one in firm.json("file", "list", "--state", "needs_filing") if one["name"] == "setup.exe"]
    assert waiting and waiting[0]["reason"] == "suspicious", waiting
    assert "setup.exe" not in filed(firm)
    assert states(firm, number) == ["open"]
    staff = browser.sign_in("jana", language="en")
    browser.open(staff, "/held")
    assert staff.get_by_text("setup.exe").count() == 1
    browser.check(staff)


def test_staff_see_one_gathered_notice_with_its_files(firm, browser):
    number = ask(firm, "Gesammelt", "Beleg")
    own, _ = links(firm, number)
    page = browser.context().new_page()
    page.goto(own)
    # A hand: programs that try links have none.
    with page.expect_response("**/opened"):
        page.mouse.move(200, 200)
    for count in range(3):
        send(page, file(f"sammel-{count}.pdf", PDF + bytes([65 + count])))
        page.goto(own)
    notices = [one for one in firm.json("message", "list", "--limit", "20") if one["subject"] == "Gesammelt" and one["direction"] == "in"]
    assert len(notices) == 1 and notices[0]["account"] == "10482" and notices[0]["match"] == "request", notices
    shown = firm.json("message", "show", str(notices[0]["id"]))[0]
    assert [part["name"] for part in shown["parts"] if part["name"]] == [f"sammel-{n}.pdf" for n in range(3)]
    staff = browser.sign_in("jana", language="en")
    browser.open(staff, f"/requests/{number}")
    assert staff.get_by_text("sammel-2.pdf").count() >= 1
    assert staff.get_by_text("opened").count() >= 1
    browser.check(staff)
    browser.open(staff, f"/m/{notices[0]['id']}")
    assert staff.get_by_text("sammel-1.pdf").count() >= 1
    browser.check(staff)


def test_wrong_expired_and_revoked_are_one_page(firm, browser):
    number = ask(firm, "Bald vorbei")
    own, anybody = links(firm, number)
    firm.run("request", "revoke", str(number))
    other = ask(firm, "Draussen")
    good, _ = links(firm, other)
    wrong = good[:-4] + ("AAAA" if not good.endswith("AAAA") else "BBBB")
    pages = [fetch(url) for url in (own, anybody, wrong, firm.url + "/u/x", firm.url + "/u/" + "A" * 30)]
    assert {status for status, _, _ in pages} == {410}
    bodies = {re.sub(rb"/u/[\w-]*", b"/u/", content) for _, _, content in pages}
    assert len(bodies) == 1
    for _, headers, content in pages:
        assert headers["referrer-policy"] == "no-referrer" and headers["cache-control"] == "no-store"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "set-cookie" not in headers
        assert b"hofmann" not in content and b"Draussen" not in content
    page = browser.watched(browser.context().new_page())
    page.goto(own)
    page.complaints.clear()  # The browser says of every 410 that it is one.
    page.locator("main button.primary").click()
    page.wait_for_url(re.compile("did=asked"))
    assert page.get_by_role("status").inner_text()
    page.complaints.clear()
    browser.check(page)


def test_to_look_changes_nothing(firm, browser):
    number = ask(firm, "Nur schauen", "Beleg")
    own, anybody = links(firm, number)
    before = firm.json("request", "list"), firm.json("message", "list"), firm.json("queue", "list", "--all")
    for url in (own, anybody):
        for method in ("GET", "HEAD"):
            for below in ("", "?language=ja", "?item=1"):
                status, headers, _ = fetch(url + below, method)
                assert status == 200 and "set-cookie" not in headers
        for below in ("/done", "/renew", "/opened", "/decline", "/files"):
            assert fetch(url + below)[0] == 405
    assert before == (firm.json("request", "list"), firm.json("message", "list"), firm.json("queue", "list", "--all"))


def test_every_look_of_the_page(firm, browser):
    number = ask(firm, "Lohnabrechnung Dezember", "Stundenzettel Dezember", "Krankmeldungen", "Reisekosten", "Verträge neuer Mitarbeiter")
    own, anybody = links(firm, number)
    sent = browser.context()
    page = sent.new_page()
    page.goto(own)
    send(page, file("Stundenzettel_Dezember.pdf", PDF + b"look"), item="Stundenzettel Dezember")
    state = sent.storage_state()
    for language, size, scheme in looks():
        for name, url in (("own", own), ("open", anybody), ("over", firm.url + "/u/x")):
            page = browser.watched(browser.context(size, scheme, storage_state=state).new_page())
            page.goto(f"{url}?language={language}")
            if name == "over":
                page.complaints.clear()
            browser.check(page)
            assert page.locator("html").get_attribute("lang") == language
            if os.environ.get("MAILROOM_PICTURES"):
                page.screenshot(path=f"{os.environ['MAILROOM_PICTURES']}/links-{name}-{language}-{size}-{scheme}.png", full_page=True)
            page.context.close()


def on_disk(name, octets):
    """A file for the browser to send, on the disk as a person's is."""
    path = pathlib.Path(tempfile.mkdtemp()) / name
    path.write_bytes(octets)
    return path


class Line:
    """What is between a page and the server: slow, and cut when it is told so."""

    def __init__(self, page):
        self.is_cut = False
        self.begun = []
        page.route("**/tus**", self.pass_on)

    def pass_on(self, route):
        request = route.request
        if self.is_cut:
            return route.abort("internetdisconnected")
        if request.method == "POST":
            self.begun.append(request.url)
        time.sleep(0.15)
        route.continue_()


def test_a_large_file_goes_on_after_three_cuts(firm, browser):
    number = ask(firm, "Schlechte Leitung", "Video")
    own, _ = links(firm, number)
    page = browser.context().new_page()
    page.goto(own + "?language=en")
    line = Line(page)
    # MAILROOM_UPLOAD_MB=199 is as much as the firm takes.
    megabytes = int(os.environ.get("MAILROOM_UPLOAD_MB", "40"))
    octets = PDF + os.urandom(megabytes << 20)
    page.select_option("#f-item", label="Video")
    page.set_input_files("#f-file", on_disk("Kassenbuch gross.pdf", octets))
    for cut in range(3):
        until(lambda: page.locator(".up progress").evaluate("bar => bar.value") > 15 + 20 * cut, "some of it is there", 60 + megabytes)
        line.is_cut = True
        until(lambda: "goes on from" in page.locator(".up small").inner_text(), "the cut is told", 30)
        line.is_cut = False
    until(lambda: page.locator(".up small.ok").count() == 1, "all of it is there", 90 + megabytes)
    assert len(line.begun) == 1, "it went on, and did not begin anew"
    digest = hashlib.sha256(octets).hexdigest()
    assert page.locator(".up code").text_content() == digest
    assert filed(firm)["Kassenbuch gross.pdf"]["sha256"] == digest
    assert states(firm, number) == ["received"]


def test_after_a_reload_the_same_file_goes_on(firm, browser):
    number = ask(firm, "Neu geladen", "Video")
    own, _ = links(firm, number)
    page = browser.context().new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(own)
    line = Line(page)
    octets = PDF + os.urandom(24 << 20)
    path = on_disk("reload.pdf", octets)
    page.set_input_files("#f-file", path)
    until(lambda: page.locator(".up progress").evaluate("bar => bar.value") > 30, "some of it is there", 60)
    page.reload()
    page.set_input_files("#f-file", path)
    until(lambda: page.locator(".up small.ok").count() == 1, "all of it is there", 90)
    assert len(line.begun) == 1, line.begun
    assert filed(firm)["reload.pdf"]["sha256"] == hashlib.sha256(octets).hexdigest()


def test_fifty_files_at_once(firm, browser):
    number = ask(firm, "Fünfzig", "Belege")
    own, _ = links(firm, number)
    page = browser.watched(browser.context().new_page())
    page.goto(own + "?language=en")
    send(page, *[file(f"Beleg {index:02}.pdf", PDF + bytes([index]) * 2000) for index in range(50)], item="Belege")
    assert page.locator("#yours [role=status]").inner_text() == "50 of 50 received"
    assert sum(name.startswith("Beleg ") for name in filed(firm)) >= 50
    notices = [one for one in firm.json("message", "list", "--limit", "20") if one["subject"] == "Fünfzig" and one["direction"] == "in"]
    assert len(notices) == 1
    browser.check(page)


def test_files_are_dropped_and_pasted_and_the_camera_is_asked(firm, browser):
    number = ask(firm, "Fallen lassen")
    own, _ = links(firm, number)
    page = browser.watched(browser.context().new_page())
    page.goto(own)
    transfer = """name => { const all = new DataTransfer();
        all.items.add(new File(["%PDF-1.4 " + name + " %%EOF"], name, {type: "application/pdf"})); return all; }"""
    page.dispatch_event("body", "drop", {"dataTransfer": page.evaluate_handle(transfer, "gezogen.pdf")})
    until(lambda: page.locator(".up small.ok").count() == 1, "what was dropped is there")
    page.evaluate("""() => { const all = new DataTransfer();
        all.items.add(new File(["%PDF-1.4 klebt %%EOF"], "geklebt.pdf", {type: "application/pdf"}));
        document.dispatchEvent(new ClipboardEvent("paste", {clipboardData: all, bubbles: true})); }""")
    until(lambda: page.locator(".up small.ok").count() == 2, "what was pasted is there")
    assert {"gezogen.pdf", "geklebt.pdf"} <= set(filed(firm))
    camera = page.locator("#f-photo")
    assert camera.get_attribute("capture") == "environment" and camera.get_attribute("accept") == "image/*"
    browser.check(page)


def test_what_is_too_large_is_said_in_a_sentence(firm, browser):
    number = ask(firm, "Zu gross")
    own, _ = links(firm, number)
    tus = {"Tus-Resumable": "1.0.0"}
    status, _, content = fetch(own + "/tus", "POST", b"", {**tus, "Upload-Length": str(201 << 20)})
    assert (status, content) == (413, b"large")
    assert fetch(own + "/tus", "POST", b"", {"Upload-Length": "1"})[0] == 412
    assert fetch(own + "/tus", "OPTIONS")[1]["tus-extension"] == "creation,termination,expiration"


def test_tus_keeps_its_offsets(firm, browser):
    number = ask(firm, "Nach Protokoll")
    own, _ = links(firm, number)
    tus = {"Tus-Resumable": "1.0.0"}
    patch = {**tus, "Content-Type": "application/offset+octet-stream"}
    name = base64.b64encode("Prüfung.pdf".encode()).decode()
    status, headers, _ = fetch(own + "/tus", "POST", b"", {**tus, "Upload-Length": str(len(PDF)), "Upload-Metadata": f"filename {name}"})
    assert status == 201 and headers["tus-resumable"] == "1.0.0" and "upload-expires" in headers
    place = firm.url + headers["location"]
    # A line that is cut in the middle of a piece: what came is there.
    parts = urllib.parse.urlsplit(place)

    def cut():
        with socket.create_connection((parts.hostname, parts.port)) as line:
            line.sendall((
                f"PATCH {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nTus-Resumable: 1.0.0\r\n"
                f"Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\nContent-Length: {len(PDF)}\r\n\r\n"
            ).encode() + PDF[:10])
            # Who asks where to go on ends what was still coming, sometimes before the first octet was taken.
            return fetch(place, "HEAD", headers=tus)[1]["upload-offset"] == "10"

    until(cut, "ten octets are there")
    assert fetch(place, "PATCH", PDF[:10], {**patch, "Upload-Offset": "9"})[0] == 409
    assert fetch(place, "PATCH", PDF[:10], {**patch, "Upload-Offset": "0"})[0] == 409
    assert fetch(place, "PATCH", PDF[10:] + b"x", {**patch, "Upload-Offset": "10"})[0] == 413
    assert fetch(place, "PATCH", PDF[10:], {**tus, "Upload-Offset": "10"})[0] == 415
    status, headers, _ = fetch(place, "HEAD", headers=tus)
    assert (status, headers["upload-offset"], headers["upload-length"]) == (200, "10", str(len(PDF)))
    status, headers, _ = fetch(place, "PATCH", PDF[10:], {**patch, "Upload-Offset": "10"})
    assert status == 204 and headers["x-sha256"] == hashlib.sha256(PDF).hexdigest()
    assert fetch(place, "HEAD", headers=tus)[1]["upload-offset"] == str(len(PDF))
    status, headers, _ = fetch(own + "/tus", "POST", b"", {**tus, "Upload-Length": "5"})
    gone = firm.url + headers["location"]
    assert fetch(gone, "DELETE", headers=tus)[0] == 204
    assert fetch(gone, "HEAD", headers=tus)[0] == 404


def test_a_public_client_of_tus_is_understood(firm, browser):
    number = ask(firm, "Fremdes Programm", "Daten")
    own, _ = links(firm, number)
    octets = PDF + os.urandom(9 << 20)
    path = on_disk("tuspy.pdf", octets)
    client = tusclient.client.TusClient(own + "/tus")
    uploader = client.uploader(str(path), chunk_size=4 << 20, metadata={"filename": "tuspy.pdf", "item": "1"})
    uploader.upload_chunk()
    begun = uploader.url
    again = client.uploader(str(path), chunk_size=4 << 20, url=begun)
    assert again.offset == 4 << 20
    again.upload()
    assert filed(firm)["tuspy.pdf"]["sha256"] == hashlib.sha256(octets).hexdigest()
    assert states(firm, number) == ["received"]
