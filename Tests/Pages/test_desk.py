"""Requests where they are met: their links, the letter before it goes, a conversation's and an account's."""

import re

from look import until

TITLE = "Lohnunterlagen Probe"
ACCOUNT = "/accounts/10482"


def asked(firm, browser, page, title=TITLE, way="mail", contacts=1):
    """A request to the bakery with two items; its number."""
    browser.open(page, "/requests/new?account=10482")
    page.fill("#f-title", title)
    for number in range(contacts):
        page.locator("input[name=contact]").nth(number).check()
    page.locator("input[name=item]").nth(0).fill("Stundenzettel")
    page.locator("input[name=item]").nth(1).fill("Kontoauszug")
    page.locator(f"button[value={way}]").click()
    page.wait_for_url(re.compile(r"/requests/\d+"))
    return re.search(r"/requests/(\d+)", page.url).group(1)


def test_a_link_is_copied_read_as_a_text_and_photographed(firm, browser):
    page = browser.sign_in("jana", language="de")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    number = asked(firm, browser, page)
    link = page.locator(".linkone code").first.inner_text()
    assert re.fullmatch(re.escape(firm.url) + r"/u/[\w-]{20,}", link), link
    page.locator(".linkone").get_by_role("button", name="Link kopieren").first.click()
    until(lambda: page.evaluate("navigator.clipboard.readText()") == link, "the link is copied")
    page.get_by_text("Als Text für SMS").first.click()
    page.get_by_role("button", name="Text kopieren").first.click()
    until(lambda: link in page.evaluate("navigator.clipboard.readText()"), "the text is copied")
    assert TITLE in page.evaluate("navigator.clipboard.readText()")
    page.get_by_text("Als QR-Code").first.click()
    picture = page.locator(".qr").first
    until(lambda: picture.evaluate("e => e.complete && e.naturalWidth > 0"), "the code is drawn")
    assert browser.photographed(picture) == link
    browser.check(page)
    told = firm.json("request", "link", number)
    assert link in str(told), told


def test_the_account_of_a_new_request_is_found_while_one_types(firm, browser):
    page = browser.sign_in("jana", language="en")
    browser.open(page, "/requests/new")
    page.locator("#f-q").fill("gibtesnicht")
    until(lambda: page.locator("#account-choices .choice").count() == 0, "nothing is found")
    page.locator("#f-q").fill("10482")
    until(lambda: page.locator("#account-choices .choice").count() == 1, "one is found")
    page.locator("#account-choices .choice").click()
    page.wait_for_url(re.compile(r"/requests/new\?account=10482$"))
    assert page.locator("#f-title").count() == 1


def test_an_impatient_hand_sends_one_request_and_one_letter(firm, browser):
    page = browser.sign_in("jana", language="en", javascript=False)
    browser.open(page, "/requests/new?account=10482")
    page.fill("#f-title", "Zweimal geklickt")
    page.locator("button[value=link]").dblclick()
    page.wait_for_url(re.compile(r"/requests/\d+"))
    assert [one["title"] for one in firm.json("request", "list")].count("Zweimal geklickt") == 1
    browser.open(page, "/write?account=10482")
    page.fill("#f-subject", "Zweimal gesendet")
    page.fill("#f-text", "Ein Brief genügt.")
    page.locator("button[value=send]").dblclick()
    page.wait_for_selector(".toast")
    waiting = [one for one in firm.json("queue", "list", "--all") if "Zweimal gesendet" in str(one)]
    assert len(waiting) == 1, waiting


def test_new_links_make_the_old_void(firm, browser):
    page = browser.sign_in("jana", language="en")
    asked(firm, browser, page, "Neue Links")
    before = page.locator(".linkone code").first.inner_text()
    page.get_by_role("button", name="New links").click()
    page.wait_for_selector(".toast")
    assert page.locator(".linkone code").first.inner_text() != before


def test_the_letter_reads_in_each_language_before_it_goes(firm, browser):
    page = browser.sign_in("jana", language="en")
    browser.open(page, "/requests/new?account=10482")
    page.fill("#f-title", TITLE)
    page.locator("input[name=contact]").first.check()
    page.locator("input[name=item]").first.fill("Stundenzettel")
    letter = page.frame_locator("iframe[name=letter]")
    body = lambda: letter.locator("html").get_attribute("lang")
    for name, language in (("日本語", "ja"), ("English", "en"), ("Deutsch", "de")):
        page.get_by_role("button", name=name).click()
        until(lambda: body() == language and "Stundenzettel" in letter.locator("body").inner_text(), f"in {name}")
    assert page.input_value("#f-language") == "de"
    browser.check(page)
    page.locator("button[value=draft]").click()
    page.wait_for_url(re.compile(r"/requests/\d+"))
    page.locator("summary", has_text="Preview").click()
    until(lambda: "Stundenzettel" in letter.locator("body").inner_text(), "the letter of a draft")
    page.locator(".tongues a[lang=ja]").click()
    until(lambda: body() == "ja", "the letter of a draft in Japanese")
    browser.check(page)
    assert page.locator(".linkone").count() == 0


def test_a_request_in_a_conversation_has_its_deeds_there(firm, browser):
    page = browser.sign_in("jana", language="en")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    number = asked(firm, browser, page, "Im Gespraech")
    browser.open(page, f"{ACCOUNT}/email")
    page.locator(".talk a", has_text="Im Gespraech").first.click()
    page.wait_for_url(re.compile(r"/c/\d+"))
    line = page.locator(f"[data-key=request-{number}]")
    line.locator("summary").click()
    browser.check(page)
    line.get_by_text("Copy link").click()
    until(lambda: "/u/" in page.evaluate("navigator.clipboard.readText()"), "the link is copied")
    line.get_by_role("button", name="Send again").click()
    page.wait_for_selector(".toast")
    assert re.search(r"/c/\d+", page.url), page.url
    letters = [one for one in firm.json("queue", "list", "--all") if "Im Gespraech" in str(one)]
    assert len(letters) == 2, letters
    line.locator("summary").click()
    line.get_by_role("link", name="Revoke").click()
    page.get_by_role("button", name="Revoke").click()
    page.wait_for_url(re.compile(r"/c/\d+"))
    assert firm.json("request", "show", number)[0]["state"] == "revoked"
    assert page.locator(f"[data-key=request-{number}]").count() == 0


def test_a_request_beside_the_documents_and_from_a_folder(firm, browser):
    page = browser.sign_in("jana", language="de")
    number = asked(firm, browser, page, "Neben den Ordnern", contacts=0, way="link")
    browser.open(page, f"{ACCOUNT}/documents")
    card = page.locator(f"[data-key=request-{number}]")
    assert "0 von 2 erhalten" in card.inner_text() and "/u/" in card.locator("code").inner_text()
    assert card.evaluate("e => e.scrollWidth <= e.clientWidth")
    browser.check(page)
    page.locator(".folder-head summary").click()
    page.locator(".folder-head .menu").get_by_text("Unterlagen anfordern").click()
    assert page.input_value("#f-folder") == "Mandantenunterlagen"
    card_page = browser.sign_in("jana", javascript=False)
    browser.open(card_page, f"{ACCOUNT}/documents")
    card_page.locator(f"[data-key=request-{number}]").get_by_text("Widerrufen").click()
    card_page.get_by_role("button", name="Widerrufen").click()
    assert "/documents" in card_page.url
    assert card_page.locator(f"[data-key=request-{number}]").count() == 0


def test_an_account_is_written_to_and_its_conversations_are_listed(firm, browser):
    page = browser.sign_in("jana", language="en")
    browser.open(page, f"{ACCOUNT}/email")
    rows = page.locator(".talk")
    assert rows.count() > 1
    assert rows.first.locator("a").get_attribute("href").startswith("/c/")
    shown = int(page.locator(".tabs a[aria-current] .n").inner_text())
    assert shown >= rows.count() > 0
    browser.check(page)
    page.get_by_role("link", name="Write an e-mail").click()
    assert "hofmann-brot.example" in page.input_value("#f-to")
    assert page.locator("input[name=account]").input_value()
    browser.check(page)


def undo(page):
    page.locator(".toast").get_by_role("button").click()
    page.wait_for_selector(".toast")


def test_what_was_done_to_an_item_or_to_the_time_is_undone(firm, browser):
    page = browser.sign_in("jana", language="en")
    number = asked(firm, browser, page, "Mit Umkehr")
    state = lambda: [item["state"] for item in firm.json("request", "show", number)[0]["items"]]
    page.get_by_role("button", name="It came: Stundenzettel").click()
    page.wait_for_selector(".toast")
    assert state() == ["received", "open"]
    undo(page)
    assert state() == ["open", "open"]
    page.get_by_role("button", name="It came: Stundenzettel").click()
    page.get_by_role("button", name="Accept: Stundenzettel").click()
    page.wait_for_selector(".item.sure")
    assert state() == ["accepted", "open"]
    undo(page)
    assert state() == ["received", "open"]
    before = firm.json("request", "show", number)[0]["expires"]
    page.locator("summary", has_text="Extend").click()
    page.fill("#f-until", "2099-12-31")
    page.locator("form[action$=extend] button").click()
    page.wait_for_selector(".toast")
    assert firm.json("request", "show", number)[0]["expires"] != before
    undo(page)
    assert firm.json("request", "show", number)[0]["expires"] == before
    browser.check(page)


def uploaded(browser, page, name):
    browser.open(page, f"{ACCOUNT}/documents")
    page.locator(".tree").get_by_role("link", name="Intern", exact=False).first.click()
    page.set_input_files("#dropzone input[type=file]", {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n" + name.encode()})
    if page.locator("#dropzone button.primary").is_visible():
        page.locator("#dropzone button.primary").click()
    row = page.locator(".shelf tr", has_text=name)
    row.wait_for()
    return row


def test_names_places_and_access_are_undone_and_the_trash_is_emptied(firm, browser):
    page = browser.sign_in("jana", language="en", javascript=False)
    row = uploaded(browser, page, "Umkehr.pdf")
    path = row.locator(".name a").first.get_attribute("href")
    browser.open(page, f"{path}/rename")
    page.fill("#f-name", "Anders.pdf")
    page.locator("main form button.primary").click()
    undo(page)
    assert page.locator(".shelf tr", has_text="Umkehr.pdf").count() == 1
    browser.open(page, f"{path}/move")
    page.select_option("#f-to", index=0)
    page.locator("main form button.primary").click()
    assert "Intern" not in page.locator(".folder-head h2").inner_text()
    undo(page)
    assert page.locator(".folder-head h2").inner_text() == "Intern"
    page.locator(".folder-head summary").click()
    page.locator(".folder-head .menu").get_by_text("Change access").click()
    page.check("input[name=access][value=view]")
    page.check("input[name=sure]")
    page.locator("main form button.primary").click()
    assert page.locator(".folder-head .badge.view").count() == 1
    undo(page)
    assert page.locator(".folder-head .badge.private").count() == 1
    row = page.locator(".shelf tr", has_text="Umkehr.pdf")
    row.locator("summary").click()
    row.locator(".menu button").click()
    browser.open(page, f"{ACCOUNT}/documents?view=trash")
    assert page.locator(".shelf tr", has_text="Umkehr.pdf").count() == 1
    page.get_by_role("link", name="Empty the trash").click()
    assert "document" in page.locator(".hint").inner_text()
    page.get_by_role("button", name="Empty the trash").click()
    page.wait_for_selector(".toast")
    assert page.locator(".shelf tr", has_text="Umkehr.pdf").count() == 0
    browser.open(page, f"{ACCOUNT}/activity")
    shown = page.locator("main").inner_text()
    assert "Jana Vogt removed from the trash" in shown and "Jana Vogt changed the access" in shown, shown[:400]
    told = [(one["by"], one["action"]) for one in firm.json("audit", "--by", "jana")]
    assert ("jana", "file.purge") in told, told[:5]


def test_the_looks(firm, browser):
    page = browser.sign_in("jana", language="de")
    number = asked(firm, browser, page, "Für die Bilder")
    browser.open(page, f"{ACCOUNT}/email")
    conversation = page.locator(".talk a", has_text="Für die Bilder").first.get_attribute("href")
    for path in (
        f"{ACCOUNT}/email", f"{ACCOUNT}/documents", f"{ACCOUNT}/requests", f"{ACCOUNT}/trash/empty", f"/requests/{number}",
        conversation,
    ):
        browser.every_look(path)
