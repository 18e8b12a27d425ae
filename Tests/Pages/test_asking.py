"""Letters and requests: written, taken back, asked, judged."""

import re

from look import until


def client_message(firm):
    """A mail of a client, and its number."""
    firm.deliver("Frage zum Bescheid", "Guten Tag,\n\nwas heisst das?\n\nSabine Hofmann")
    return until(
        lambda: next((one["id"] for one in firm.json("message", "list") if one["subject"] == "Frage zum Bescheid"), None),
        "the client's mail")


def queued(firm):
    """Letters in staff's own words, the newest first."""
    return [letter for letter in firm.json("queue", "list", "--all") if letter["kind"] == "free"]


def reply_to(firm, page, browser):
    """The sheet that answers a client's mail."""
    browser.open(page, f"/m/{client_message(firm)}/reply")
    assert "buero@hofmann-brot.example" in page.input_value("#f-to")
    assert page.input_value("#f-subject") == "Re: Frage zum Bescheid"


def test_a_reply_is_sent_and_taken_back(firm, browser):
    page = browser.sign_in("jana", language="en")
    before = len(queued(firm))
    reply_to(firm, page, browser)
    browser.check(page)
    page.fill("#f-text", "Guten Tag Frau Hofmann,\n\ndas heisst nichts Schlimmes.")
    page.press("#f-text", "Control+Enter")
    page.wait_for_url(re.compile(r"/c/\d+"))
    assert page.locator("article.msg header", has_text="Bergmann").count() == 1
    browser.check(page)
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url(re.compile(r"/drafts/\d+"))
    assert "nichts Schlimmes" in page.input_value("#f-text")
    letters = queued(firm)
    assert len(letters) == before + 1
    assert letters[0]["recipients"][0]["state"] == "cancelled", letters[0]
    page.get_by_role("button", name="Send").first.click()
    page.wait_for_url(re.compile(r"/c/\d+"))
    assert page.locator(".conv .msg").count() == 2, "the one that was taken back is no message of ours"
    until(lambda: queued(firm)[0]["recipients"][0]["state"] == "sent", "the letter leaves after ten seconds", 30)
    browser.check(page)


def test_a_draft_survives_a_reload_and_its_files_come_along(firm, browser):
    page = browser.sign_in("jana", language="en")
    reply_to(firm, page, browser)
    page.fill("#f-text", "Halb geschrieben")
    until(
        lambda: page.locator("#draft-state").inner_text() == "Draft saved", "the draft is saved")
    page.set_input_files("input[name=files]", {"name": "Übersicht 請求書.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\nanything\n"})
    page.wait_for_url(re.compile(r"/drafts/\d+"))
    page.reload()
    assert page.input_value("#f-text") == "Halb geschrieben"
    assert page.locator(".taken").inner_text().startswith("Übersicht 請求書.pdf")
    browser.check(page)
    page.get_by_role("button", name="Remove Übersicht").click()
    until(lambda: page.locator(".taken").count() == 0, "the file is gone")
    page.get_by_role("button", name="Discard").click()
    page.wait_for_url(re.compile(r"/c/\d+$"))


def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(firm, browser):
    page = browser.sign_in("jana", language="de", javascript=False)
    browser.open(page, "/write")
    page.fill("#f-to", "sabine, buero@hofmann-brot.example")
    page.fill("#f-text", "Guten Tag")
    page.get_by_role("button", name="Senden").first.click()
    assert page.input_value("#f-text") == "Guten Tag"
    assert "keine vollständige Adresse" in page.locator("#e-to").inner_text()
    assert "Betreff" in page.locator("#e-subject").inner_text()
    page.fill("#f-to", "Sabine Hofmann <buero@hofmann-brot.example>")
    page.fill("#f-subject", "Ohne Skript")
    page.set_input_files("input[name=files]", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"})
    page.get_by_role("button", name="Senden").first.click()
    page.wait_for_url(re.compile(r"/c/\d+\?did=letter-sent"))
    page.get_by_role("button", name="Rückgängig").click()
    assert page.input_value("#f-subject") == "Ohne Skript"
    assert page.locator(".taken li").count() == 1


def ask(firm, browser, page, title):
    """Asks the bakery for two things; the page of that request."""
    browser.open(page, "/requests/new?account=10482&folder=Mandantenunterlagen/2026")
    page.fill("#f-title", title)
    page.locator("input[name=contact]").first.check()
    page.locator("input[name=item]").nth(0).fill("Stundenzettel")
    page.locator("input[name=item]").nth(1).fill("Kontoauszug")
    page.fill("#f-text", "Guten Tag, bitte bis Freitag.")


def test_a_request_from_a_folder_with_items_and_the_very_letter(firm, browser):
    page = browser.sign_in("jana", language="en")
    ask(firm, browser, page, "Lohnunterlagen Probe")
    assert page.input_value("#f-folder") == "Mandantenunterlagen/2026"
    letter = page.frame_locator("iframe[name=letter]")
    until(lambda: "Kontoauszug" in letter.locator("body").inner_text(), "the letter beside the form")
    assert "bitte bis Freitag" in letter.locator("body").inner_text()
    browser.check(page)
    page.get_by_role("button", name="Send request").click()
    page.wait_for_url(re.compile(r"/requests/\d+"))
    assert page.locator(".item").count() == 2
    browser.check(page)
    assert "Lohnunterlagen Probe" in [one["title"] for one in firm.json("request", "list")]


def test_items_are_accepted_and_rejected_and_a_request_revoked(firm, browser):
    page = browser.sign_in("jana", language="en")
    ask(firm, browser, page, "Zum Urteilen")
    page.get_by_role("button", name="Send request").click()
    page.wait_for_url(re.compile(r"/requests/\d+"))
    number = re.search(r"/requests/(\d+)", page.url).group(1)
    for item in ("Stundenzettel", "Kontoauszug"):
        page.get_by_role("button", name=f"It came: {item}").click()
    page.get_by_role("button", name="Accept: Stundenzettel", exact=True).click()
    page.locator("#reject-2 summary").click()
    page.locator("#note-2").fill("Seite 2 fehlt")
    page.get_by_role("button", name="Reject and ask again").last.click()
    until(lambda: "Seite 2 fehlt" in page.locator(".itemnote").inner_text(), "the note")
    shown = firm.json("request", "show", number)[0]
    assert [item["state"] for item in shown["items"]] == ["accepted", "rejected"], shown
    browser.check(page)
    page.get_by_role("link", name="Revoke").click()
    browser.check(page)
    page.get_by_role("button", name="Revoke").click()
    page.wait_for_url(re.compile(rf"/requests/{number}"))
    assert firm.json("request", "show", number)[0]["state"] == "revoked"
    assert page.locator(".linkfield").count() == 0


def test_a_request_without_a_script(firm, browser):
    page = browser.sign_in("jana", language="ja", javascript=False)
    ask(firm, browser, page, "")
    page.locator("button[value=mail]").click()
    assert page.locator("#e-title").count() == 1
    assert page.locator("input[name=item]").nth(1).input_value() == "Kontoauszug"
    page.fill("#f-title", "スクリプトなし")
    page.locator("button[value=draft]").click()
    page.wait_for_url(re.compile(r"/requests/\d+"))
    assert page.locator("h1").inner_text() == "スクリプトなし"


def test_every_look(firm, browser):
    browser.every_look("/requests")
    browser.every_look("/requests/new")
    browser.every_look("/requests/new?q=northgate")
    browser.every_look("/requests/new?account=10482")
    browser.every_look("/requests/1")
    browser.every_look("/write?account=10482")
