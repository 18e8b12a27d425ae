"""Documents that are shared by a link: the page of whoever looks, and the staff's."""

import email
import hashlib
import io
import json
import re
import zipfile

from look import looks, until
from test_links import fetch

ACCOUNT = "10482"
SHARES = f"/accounts/{ACCOUNT}/shares"


def documents(firm, account=ACCOUNT):
    return {one["name"]: one for one in firm.json("file", "list", "--account", account)}


def some_of(firm, *endings):
    """A document of the account with each of these endings."""
    found = documents(firm)
    return [next(one for name, one in found.items() if name.lower().endswith(ending)) for ending in endings]


def share(firm, *chosen, to="neu@bank.example", text="Bitte bis Freitag ansehen.", language="de"):
    """A share that is out; its number and the first link."""
    words = ["share", "add", ACCOUNT, *[str(one["id"]) for one in chosen], "--to", to, "--private", "--no-mail",
        "--message", text, "--language", language, "--by", "Jana Vogt", "--json"]
    made = next(iter(json.loads(line) for line in firm.run(*words).splitlines() if line.strip()))
    return made["id"], made["links"][0]["link"]


def state(firm, number):
    return next(one for one in firm.json("share", "list", "--all") if one["id"] == number)["recipients"][0]


def test_the_page_shows_a_document_and_gives_it_out(firm, browser):
    pdf, = some_of(firm, ".pdf")
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
    chosen = some_of(firm, ".pdf", ".jpg", ".csv")
    number, link = share(firm, *chosen)
    page = browser.watched(browser.context(javascript=False, accept_downloads=True).new_page())
    for one in chosen:
        page.goto(link)
        page.locator(".share-file a", has_text=one["name"]).click()
        assert page.locator(".preview .bar b").inner_text() == one["name"]
        assert page.locator(".preview img, .preview pre").count() == 1, one["name"]
    with page.expect_download() as waiting:
        page.locator("button.primary.wide").click()
    with zipfile.ZipFile(waiting.value.path()) as archive:
        assert sorted(archive.namelist()) == sorted(one["name"] for one in chosen)
        assert archive.testzip() is None
    assert state(firm, number)["downloaded"] and state(firm, number)["opened"]


def test_octets_come_in_ranges_and_are_never_opened(firm, browser):
    pdf, = some_of(firm, ".pdf")
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
    pdf, = some_of(firm, ".pdf")
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
    chosen = some_of(firm, ".pdf", ".csv", ".jpg")
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
    assert page.input_value("#f-recipients") == "kredit@bank.example" and page.input_value("#f-text") == "Zur Ansicht"
    page.check("input[name=private]")
    page.locator("button[value=mail]").click()
    page.wait_for_url(re.compile(f"{SHARES}\\?did=share-sent"))
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
    link = card.locator("[data-copy]").get_attribute("data-copy")
    assert fetch(link)[0] == 200
    card.locator("summary").click()
    card.locator(".menu").get_by_text("Widerrufen").click()
    page.wait_for_url(re.compile("/revoke"))
    browser.check(page)
    page.locator("button.danger").click()
    page.wait_for_url(re.compile("did=share-revoked"))
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
    pdf, = some_of(firm, ".pdf")
    number, link = share(firm, pdf, to="leser@bank.example")
    assert fetch(link + "/opened", "POST")[0] == 204
    page = browser.sign_in(language="de")
    browser.open(page, SHARES)
    row = page.locator(".sharepeople li", has_text="leser@bank.example").first
    assert "geöffnet" in row.inner_text()


def test_every_look_of_the_staff_pages(firm, browser):
    pdf, = some_of(firm, ".pdf")
    share(firm, pdf, to="blick@bank.example")
    browser.every_look(SHARES, ready=".sharecard")
    browser.every_look(f"{SHARES}/new?document={pdf['id']}", ready="#sharing")
