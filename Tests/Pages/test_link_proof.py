"""Links that ask who comes: by a code that goes to their address, or by signing in."""

import os
import re

from look import looks, until
from test_clients import ADDRESS, ask_for_link, invite, letters
from test_links import PDF, fetch, file, filed, request
from test_shares import put, state


def ask(firm, title, *items, proof="code", to=ADDRESS):
    """A request whose link asks for a proof; its number and the link."""
    words = ["request", "send", "10482", title, "--to", to, "--proof", proof]
    for item in items:
        words += ["--item", item]
    firm.run(*words)
    number = next(one["id"] for one in firm.json("request", "list") if one["title"] == title)
    return number, firm.json("request", "link", str(number))[0]["links"][0]["link"]


def codes(firm, address=ADDRESS):
    """All that went to an address, oldest first."""
    texts = [letter.get_body(("plain",)).get_content() for letter in letters(firm, address)
        if letter["Subject"].startswith(("Ihr Code", "Your code", "確認コード"))]
    return [re.search(r"^\s*(\d{6})\s*$", text, re.MULTILINE).group(1) for text in texts]


def send_code(firm, page, words="Send me the code"):
    known = len(codes(firm))
    page.get_by_role("button", name=words).click()
    page.wait_for_url(re.compile("did=code"))
    return until(lambda: codes(firm)[known:], "a code by mail", 30)[0]


def visitor(browser, size="desktop", scheme="light", javascript=True):
    return browser.watched(browser.context(size, scheme, javascript).new_page())


def picture(page, name):
    place = os.environ.get("MAILROOM_PICTURES")
    if place:
        page.screenshot(path=f"{place}/proof-{name}.png", full_page=True)


def hides(page, *names):
    text = page.content()
    for name in names:
        assert name not in text, name


def test_a_code_by_mail_opens_the_link_for_this_browser(firm, browser):
    number, link = ask(firm, "Mit Code", "Kontoauszüge")
    page = visitor(browser, "phone")
    page.goto(link + "?language=en")
    hides(page, "Mit Code", "Kontoauszüge", "Hofmann", "buero", "10482", "Jana")
    assert "b•••@h•••.example" in page.locator("main").inner_text()
    browser.check(page)
    code = send_code(firm, page)
    browser.check(page)
    field = page.locator("#f-code")
    assert field.get_attribute("inputmode") == "numeric" and field.get_attribute("autocomplete") == "one-time-code"
    # As a Japanese keyboard types it.
    page.fill("#f-code", "".join(chr(ord(digit) + 0xFEE0) for digit in code[:3]) + " " + code[3:])
    page.get_by_role("button", name="Continue").click()
    page.wait_for_selector("#want")
    browser.check(page)
    octets = PDF + os.urandom(9_000_000)
    page.set_input_files("#f-file", [file("Kontoauszug mit Code.pdf", octets)])
    page.wait_for_selector(".up small.ok")
    assert filed(firm)["Kontoauszug mit Code.pdf"]["bytes"] == len(octets)
    page.reload()
    assert "Kontoauszug mit Code.pdf" in page.locator("#yours").inner_text()
    cookie = next(one for one in page.context.cookies() if one["name"].endswith("proof"))
    assert cookie["httpOnly"] and cookie["expires"] == -1 and cookie["path"] in link and cookie["path"] != "/"
    # Another browser is asked, and the code is used up.
    other = visitor(browser)
    other.goto(link + "?language=en")
    hides(other, "Kontoauszüge", "Kontoauszug")
    assert other.locator("#f-code").count() == 0
    # Sent again, the link asks this one anew.
    firm.run("request", "send", str(number))
    page.reload()
    hides(page, "Kontoauszüge", "Kontoauszug")
    actions = [one["action"] for one in firm.json("audit", "--account", "10482")]
    assert "link.code" in actions and "link.prove" in actions


def test_wrong_five_times_without_javascript(firm, browser):
    _, link = ask(firm, "Fünfmal falsch", "Police")
    page = visitor(browser, javascript=False)
    page.goto(link + "?language=en")
    code = send_code(firm, page)
    wrong = "111111" if code != "111111" else "222222"
    page.fill("#f-code", "12345")
    page.get_by_role("button", name="Continue").click()
    assert "not six digits" in page.locator("#e-code").inner_text()
    for left in ("4 more tries", "3 more tries", "2 more tries", "One more try"):
        page.fill("#f-code", wrong)
        page.get_by_role("button", name="Continue").click()
        assert left in page.locator("#e-code").inner_text()
        assert page.locator("#f-code").get_attribute("aria-invalid") == "true"
    page.complaints.clear()
    browser.check(page, axe=False)
    picture(page, "wrong")
    page.fill("#f-code", wrong)
    page.get_by_role("button", name="Continue").click()
    assert "works no longer" in page.locator("[role=alert]").inner_text()
    page.complaints.clear()
    browser.check(page, axe=False)
    # The right one comes too late, by whatever form.
    status, headers, _ = fetch(
        link + "/proof", "POST", f"code={code}", {"content-type": "application/x-www-form-urlencoded"})
    assert status == 422 and "set-cookie" not in headers
    page.get_by_role("button", name="Send me the code").click()
    # Within seconds it is the link's pace that says so, later the last code.
    page.get_by_text(re.compile("in a minute|Please wait")).wait_for()
    hides(page, "Police", "Hofmann", "Fünfmal")


def test_signing_in_leads_back_to_the_link(firm, browser):
    invite(firm)
    _, link = ask(firm, "Nur angemeldet", "Bilanz", proof="login")
    page = visitor(browser)
    page.goto(link + "?language=en")
    hides(page, "Bilanz", "Nur angemeldet")
    browser.check(page)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/client$"))
    entrance = ask_for_link(firm, page)
    page.goto(entrance)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector("#want")
    assert "Bilanz" in page.locator("#want").inner_text() and "/u/" in page.url
    browser.check(page)


def test_staff_choose_the_proof_and_change_it(firm, browser):
    pdf = put(firm, browser)[0]
    page = browser.sign_in("jana", language="en")
    browser.open(page, "/requests/new?account=10482")
    page.fill("#f-title", "Von der Seite")
    page.select_option("#f-proof", "code")
    for tick in page.locator("input[name=contact]:checked").all():
        tick.uncheck()
    page.get_by_role("button", name="Only make the link").click()
    page.wait_for_selector("#e-proof")
    assert "no address" in page.locator("#e-proof").inner_text()
    page.complaints.clear()
    browser.check(page)
    picture(page, "staff-new")
    page.locator(f"input[name=contact][value='{ADDRESS}']").check()
    page.get_by_role("button", name="Only make the link").click()
    page.wait_for_selector("#request-side .people")
    assert "with a code" in page.locator("#request-side .people").first.inner_text()
    picture(page, "staff-request")
    browser.check(page)
    number = next(one["id"] for one in firm.json("request", "list") if one["title"] == "Von der Seite")
    assert request(firm, number)["recipients"][0]["proof"] == "code"
    browser.open(page, f"/requests/{number}/edit")
    page.select_option("#f-proof", "none")
    page.get_by_role("button", name="Save changes").click()
    page.wait_for_selector(".toast")
    assert request(firm, number)["recipients"][0]["proof"] == "none"
    # A link without a recipient says why it asks nobody.
    firm.run("request", "send", "10482", "Ohne Empfänger", "--no-mail")
    open_one = next(one["id"] for one in firm.json("request", "list") if one["title"] == "Ohne Empfänger")
    browser.open(page, f"/requests/{open_one}")
    assert "without a code" in page.locator("#link").inner_text()
    made = firm.run("share", "add", "10482", str(pdf["id"]), "--to", "neu@bank.example", "--private", "--no-mail",
        "--proof", "code")
    share = int(re.search(r"share (\d+)", made).group(1))
    assert state(firm, share)["proof"] == "code"
    browser.open(page, "/accounts/10482/shares")
    assert "with a code" in page.locator(f"#share-{share}").inner_text()
    page.locator(f"#share-{share} .menu-of summary").click()
    page.locator(f"#share-{share} .menu").get_by_role("link", name="Change the proof").click()
    browser.check(page)
    picture(page, "staff-change")
    page.select_option("#f-proof", "none")
    page.get_by_role("button", name="Save changes").click()
    page.wait_for_selector(".toast")
    assert state(firm, share)["proof"] == "none"
    firm.run("share", "proof", str(share), "code")
    assert state(firm, share)["proof"] == "code"


def test_every_language_at_a_desk_and_on_a_phone(firm, browser):
    buttons = {"de": "Code zusenden", "en": "Send me the code", "ja": "コードを送る"}
    for language, size, scheme in looks():
        _, link = ask(firm, f"Blick {language} {size} {scheme}", "Vertrag")
        page = visitor(browser, size, scheme)
        page.goto(link + f"?language={language}")
        browser.check(page)
        picture(page, f"ask-{language}-{size}-{scheme}")
        send_code(firm, page, buttons[language])
        browser.check(page)
        picture(page, f"type-{language}-{size}-{scheme}")
        page.context.close()


def test_programs_that_try_links_send_no_mail_and_see_nothing(firm, browser):
    """The last: the pace that they meet is this whole network's."""
    _, link = ask(firm, "Maschinen", "Geheimes")
    known = len(codes(firm))
    for method in ("GET", "HEAD"):
        for below in ("", "/tus/x", "?item=1", "/code", "/proof"):
            _, _, content = fetch(link + below, method)
            assert b"Geheimes" not in content and b"Hofmann" not in content
    assert len(codes(firm)) == known
    for _ in range(20):
        status, headers, content = fetch(link + "/code", "POST", "")
        assert status in (303, 429) and "set-cookie" not in headers and b"Geheimes" not in content
    until(lambda: len(codes(firm)) > known, "the one letter", 30)
    assert len(codes(firm)) == known + 1
