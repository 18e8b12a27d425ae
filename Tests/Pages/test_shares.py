"""Documents that are shared by a link: the page of whoever looks, and the staff's."""

import email
import hashlib
import io
import json
import re
import struct
import zipfile
import zlib

from look import looks, until
from test_links import fetch

ACCOUNT = "10482"
SHARES = f"/accounts/{ACCOUNT}/shares"


def documents(firm, account=ACCOUNT):
    return {one["name"]: one for one in firm.json("file", "list", "--account", account)}


def picture(width=900, height=600):
    """A PNG."""
    rows = b"".join(b"\0" + bytes((x * 255 // width, y * 255 // height, 90)[i] for x in range(width) for i in range(3))
        for y in range(height))
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def pages(count):
    """A PDF of so many pages."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(count)), count),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    for number in range(count):
        words = b"BT /F1 40 Tf 72 700 Td (Seite %d) Tj ET" % (number + 1)
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % (5 + 2 * number))
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(words), words))
    octets, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(octets))
        octets += b"%d 0 obj%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return octets + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, table, len(objects) + 1, len(octets))


FILES = {
    "Abschluss 2025.pdf": ("application/pdf", pages(3)), "Kassenbuch.png": ("image/png", picture()),
    "Konten.csv": ("text/csv", "Konto;Saldo\n1000;12,50\nÄ;1\n".encode()),
}


def put(firm, browser):
    """Files that clients may see, once; as the firm has them."""
    if "Konten.csv" not in documents(firm):
        page = browser.sign_in(language="de")
        browser.open(page, f"/accounts/{ACCOUNT}/documents")
        page.locator(".tree a.f", has_text="Auswertungen").first.click()
        page.wait_for_selector(".folder-head h2")
        page.locator("#dropzone input[type=file]").set_input_files(
            [{"name": name, "mimeType": kind, "buffer": octets} for name, (kind, octets) in FILES.items()])
        until(lambda: all(name in documents(firm) for name in FILES), "the files are there")
        page.context.close()
    found = documents(firm)
    return [found[name] for name in FILES]


def share(firm, *chosen, to="neu@bank.example", text="Bitte bis Freitag ansehen.", language="de"):
    """A share that is out; its number and the first link."""
    words = ["share", "add", ACCOUNT, *[str(one["id"]) for one in chosen], "--to", to, "--private", "--no-mail",
        "--message", text, "--language", language, "--by", "Jana Vogt", "--json"]
    made = next(iter(json.loads(line) for line in firm.run(*words).splitlines() if line.strip()))
    return made["id"], made["links"][0]["link"]


def state(firm, number):
    return next(one for one in firm.json("share", "list", "--all") if one["id"] == number)["recipients"][0]


def test_a_recipient_is_given_more_days(firm, browser):
    pdf = put(firm, browser)[0]
    number, _ = share(firm, pdf)
    before = state(firm, number)["expires"]
    page = browser.sign_in("jana", language="en")
    browser.open(page, SHARES)
    page.locator(f"#share-{number} .menu-of summary").click()
    page.locator(f"#share-{number} .menu").get_by_role("link", name="Extend").click()
    browser.check(page)
    page.fill("#f-until", "2020-01-01")
    page.get_by_role("button", name="Extend").click()
    page.wait_for_selector("#e-until")
    page.complaints.clear()
    page.fill("#f-until", "2031-05-04")
    page.get_by_role("button", name="Extend").click()
    page.wait_for_selector(".toast")
    assert state(firm, number)["expires"] > before
    assert state(firm, number)["expires"].startswith("2031-05-0")


def test_the_page_shows_a_document_and_gives_it_out(firm, browser):
    pdf = put(firm, browser)[0]
    number, link = share(firm, pdf)
    page = browser.watched(browser.context(locale="en").new_page())
    page.goto(link)
    assert "Jana Vogt hat ein Dokument für Sie freigegeben" in page.locator("h1").inner_text()
    picture = page.locator(".preview img")
    until(lambda: picture.evaluate("one => one.complete && one.naturalWidth > 400"), "the page is drawn")
    browser.check(page)
    # A hand on the page, and nothing else, is a reader.
    assert state(firm, number)["opened"] is None
    page.mouse.move(200, 300)
    until(lambda: state(firm, number)["opened"], "it was opened")
    with page.expect_download() as waiting:
        page.locator(".share-file button").click()
    assert waiting.value.suggested_filename == pdf["name"]
    octets = open(waiting.value.path(), "rb").read()
    assert hashlib.sha256(octets).hexdigest() == pdf["sha256"]
    assert state(firm, number)["downloaded"]
    page.goto(link + "?language=ja")
    assert "Jana Vogtから書類が1件届いています" in page.locator("h1").inner_text()


def test_without_javascript_pages_turn_and_all_comes_as_one_file(firm, browser):
    chosen = put(firm, browser)
    number, link = share(firm, *chosen)
    page = browser.watched(browser.context(javascript=False, accept_downloads=True).new_page())
    for one in chosen:
        page.goto(link)
        page.locator(".share-file a", has_text=one["name"]).click()
        assert page.locator(".preview .bar b").inner_text() == one["name"]
        assert page.locator(".preview img, .preview pre").count() == 1, one["name"]
    page.goto(link)
    for number_of_page in (2, 3):
        page.get_by_label("Nächste Seite").click()
        assert f"Seite {number_of_page} von 3" in page.locator(".preview .bar").inner_text()
    assert page.get_by_label("Nächste Seite").count() == 0
    with page.expect_download() as waiting:
        page.locator("button.primary.wide").click()
    with zipfile.ZipFile(waiting.value.path()) as archive:
        assert sorted(archive.namelist()) == sorted(one["name"] for one in chosen)
        assert archive.testzip() is None
    assert state(firm, number)["downloaded"] and state(firm, number)["opened"]


def test_octets_come_in_ranges_and_are_never_opened(firm, browser):
    pdf = put(firm, browser)[0]
    number, link = share(firm, pdf)
    address = f"{link}/files/{pdf['id']}"
    status, headers, whole = fetch(address)
    assert status == 200 and hashlib.sha256(whole).hexdigest() == pdf["sha256"]
    assert headers["content-type"] == "application/octet-stream"
    assert headers["content-disposition"].startswith("attachment") and headers["x-content-type-options"] == "nosniff"
    status, headers, part = fetch(address, headers={"Range": "bytes=10-19"})
    assert status == 206 and part == whole[10:20] and headers["content-range"] == f"bytes 10-19/{len(whole)}"
    status, headers, nothing = fetch(address, "HEAD")
    assert status == 200 and headers["content-length"] == str(len(whole)) and nothing == b""
    status, _, archive = fetch(link + "/all.zip")
    assert status == 200 and zipfile.ZipFile(io.BytesIO(archive)).read(pdf["name"]) == whole
    assert state(firm, number)["opened"] is None and state(firm, number)["downloaded"] is None


def test_wrong_and_revoked_are_one_page_at_every_address(firm, browser):
    pdf = put(firm, browser)[0]
    number, link = share(firm, pdf)
    firm.run("share", "revoke", str(number))
    wrong = link[:-6] + "AAAAAA"
    for below in ("", f"/files/{pdf['id']}", f"/pictures/{pdf['id']}", "/all.zip"):
        replies = [fetch(one + below) for one in (link, wrong)]
        assert [status for status, _, _ in replies] == [410, 410]
        first, second = [re.sub(rb"/s/[\w-]+", b"", content) for _, _, content in replies]
        assert first == second
        assert pdf["name"].encode() not in first
    page = browser.watched(browser.context("phone", locale="de").new_page())
    page.goto(link)
    page.locator("main form button").click()
    page.wait_for_url(re.compile("did=asked"))
    page.complaints.clear()
    browser.check(page)


def test_every_look_of_the_page(firm, browser):
    chosen = put(firm, browser)
    for language, size, scheme in looks():
        _, link = share(firm, *chosen, to=f"{language}-{size}-{scheme}@bank.example", language=language)
        page = browser.watched(browser.context(size, scheme).new_page())
        page.goto(link)
        until(lambda: page.locator(".preview img").evaluate("one => one.complete"), "the page is drawn")
        assert page.locator("html").get_attribute("lang") == language
        browser.check(page)
        page.locator(".share-file a", has_text=".csv").click()
        page.wait_for_selector(".preview pre")
        browser.check(page)
        page.context.close()


def test_staff_share_what_they_chose_after_being_told_what_is_private(firm, browser):
    page = browser.sign_in(language="de")
    upload = [{"name": "Intern 4711.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\nintern\n%%EOF\n"}]
    browser.open(page, f"/accounts/{ACCOUNT}/documents")
    page.locator(".tree a.f", has_text="Intern").first.click()
    page.wait_for_selector(".folder-head h2")
    page.locator("#dropzone input[type=file]").set_input_files(upload)
    row = page.locator(".files tbody tr", has=page.get_by_text("Intern 4711.pdf", exact=True)).first
    row.wait_for()
    row.locator("summary").click()
    row.locator(".menu").get_by_text("Freigeben …").click()
    page.wait_for_url(re.compile("/shares/new"))
    assert "Liegt in einem internen Ordner" in page.locator("main").inner_text()
    browser.check(page)
    page.fill("#f-recipients", "kredit@bank.example")
    for box in page.locator("input[name=contact]:checked").all():
        box.uncheck()
    page.fill("#f-text", "Zur Ansicht")
    page.locator("button[value=mail]").click()
    page.wait_for_selector("#e-private")
    # The browser complains of every 422.
    page.complaints.clear()
    assert page.input_value("#f-recipients") == "kredit@bank.example" and page.input_value("#f-text") == "Zur Ansicht"
    page.check("input[name=private]")
    page.locator("button[value=mail]").click()
    page.wait_for_selector(".sharecard")
    card = page.locator(".sharecard").first
    assert "Intern 4711.pdf" in card.inner_text() and "kredit@bank.example" in card.inner_text()
    browser.check(page)
    letter = until(
        lambda: [one for one in firm.json("queue", "list", "--all") if one["subject"] == "Dokumente für Sie: Intern 4711.pdf"],
        "a letter")[0]
    words = email.message_from_string(firm.run("message", "save", str(letter["message"])))
    text = next(one for one in words.walk() if one.get_content_type() == "text/plain").get_payload(decode=True).decode()
    assert "/s/" in text and "Zur Ansicht" in text
    # Revoked after a question; its link is void at once.
    link = card.locator("[data-copy]").first.get_attribute("data-copy")
    assert fetch(link)[0] == 200
    card.get_by_text("Als QR-Code").click()
    picture = card.locator(".qr")
    until(lambda: picture.evaluate("e => e.complete && e.naturalWidth > 0"), "the code is drawn")
    assert browser.photographed(picture) == link
    browser.check(page)
    card.locator(".menu-of summary").click()
    card.locator(".menu").get_by_text("Widerrufen").click()
    page.wait_for_url(re.compile("/revoke"))
    browser.check(page)
    page.locator("button.danger").click()
    page.wait_for_selector(".sharecard")
    assert fetch(link)[0] == 410


def test_several_documents_are_shared_at_once_without_javascript(firm, browser):
    page = browser.sign_in(language="de", javascript=False)
    browser.open(page, f"/accounts/{ACCOUNT}/documents")
    boxes = page.locator(".files tbody input[name=id]")
    names = page.locator(".files .name a").all_inner_texts()[:2]
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.locator("button[value=share]").click()
    page.wait_for_url(re.compile("/shares/new"))
    ticked = page.locator("input[name=document]:checked").evaluate_all("all => all.map(one => one.parentElement.innerText)")
    assert len(ticked) == 2 and all(any(name in words for words in ticked) for name in names)
    page.fill("#f-recipients", "zwei@bank.example")
    if page.locator("input[name=private]").count():
        page.check("input[name=private]")
    page.locator("button[value=link]").click()
    page.wait_for_url(re.compile("did=share-open"))
    assert "zwei@bank.example" in page.locator(".sharecard").first.inner_text()
    assert "/s/" in page.locator(".sharecard").first.inner_text()


def test_staff_hear_who_opened_it(firm, browser):
    pdf = put(firm, browser)[0]
    number, link = share(firm, pdf, to="leser@bank.example")
    assert fetch(link + "/opened", "POST")[0] == 204
    page = browser.sign_in(language="de")
    browser.open(page, SHARES)
    row = page.locator(".sharepeople li", has_text="leser@bank.example").first
    assert "geöffnet" in row.inner_text()


def test_every_look_of_the_staff_pages(firm, browser):
    pdf = put(firm, browser)[0]
    share(firm, pdf, to="blick@bank.example")
    browser.every_look(SHARES, ready=".sharecard")
    browser.every_look(f"{SHARES}/new?document={pdf['id']}", ready="#sharing")


def test_a_guest_hands_over_documents_and_gets_them_back_by_a_link(firm, browser):
    firm.run("account", "add", "Bewerber 2026", "--type", "guest", "--language", "de")
    account = next(one for one in firm.json("account", "list") if one["name"] == "Bewerber 2026")["number"]
    page = browser.sign_in(language="de")
    browser.open(page, f"/accounts/{account}/documents")
    assert page.locator(".tree a.f").count() > 1
    assert page.locator(".tree li:has(> a.f) .badge.edit, .tree li:has(> a.f) .badge.view").count() == 0
    for name in ("Klara Neu", "Otto Alt"):
        firm.run("request", "send", account, f"Unterlagen {name}", "--folder", f"Intern/{name}", "--no-mail")
        number = next(one["id"] for one in firm.json("request", "list") if one["title"] == f"Unterlagen {name}")
        guest = browser.watched(browser.context("phone", javascript=False).new_page())
        guest.goto(firm.json("request", "link", str(number))[0]["link"])
        guest.fill("#f-name", name)
        guest.fill("#f-address", name.replace(" ", ".").lower() + "@guest.example")
        octets = b"%PDF-1.4\n" + name.encode() + b"\n%%EOF\n"
        guest.set_input_files("#f-file", [{"name": "Zeugnis.pdf", "mimeType": "application/pdf", "buffer": octets}])
        guest.get_by_role("button", name="Senden", exact=True).click()
        guest.wait_for_url(re.compile("did=sent"))
        assert "Bewerber" not in guest.content()
        guest.context.close()
    filed = firm.json("file", "list", "--account", account)
    assert sorted(one["folder"] for one in filed) == ["Intern/Klara Neu", "Intern/Otto Alt"]
    klaras = next(one for one in filed if one["folder"].endswith("Klara Neu"))
    browser.open(page, f"/accounts/{account}/shares/new?document={klaras['id']}")
    page.fill("#f-recipients", "klara.neu@guest.example")
    page.check("input[name=private]")
    page.locator("button[value=mail]").click()
    page.wait_for_selector(".sharecard")
    link = page.locator(".sharecard [data-copy]").first.get_attribute("data-copy")
    guest = browser.watched(browser.context("phone").new_page())
    guest.goto(link)
    assert guest.locator(".share-file").count() == 1
    assert "Bewerber" not in guest.content() and "Otto" not in guest.content()
    browser.check(guest)
    with guest.expect_download() as waiting:
        guest.locator(".share-file button").click()
    assert b"Klara Neu" in open(waiting.value.path(), "rb").read()
