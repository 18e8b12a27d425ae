"""Clients who were invited: a link by mail signs them in, and they see and change what they may."""

import email
import email.policy
import os
import re

from look import looks, until
from test_links import PDF, fetch, file, filed

ADDRESS = "buero@hofmann-brot.example"


def invite(firm, address=ADDRESS, account="10482"):
    firm.run("contact", "edit", address, "--account", account, "--switches", "sync notify login sign")
    firm.run("contact", "invite", address, "--account", account)


def letters(firm, address):
    """What lies in somebody's mailbox, oldest first."""
    place = firm.configuration.parent
    found = []
    for path in place.rglob("*"):
        if path.parent.name in ("new", "cur") and address in str(path):
            found.append((path.stat().st_mtime_ns, path.read_bytes()))
    return [email.message_from_bytes(octets, policy=email.policy.default) for _, octets in sorted(found)]


def sign_in_links(firm, address=ADDRESS):
    texts = [letter.get_body(("plain",)).get_content() for letter in letters(firm, address)]
    return [found for text in texts for found in re.findall(r"http\S+/client/sign-in/\S+", text)]


def ask_for_link(firm, page, address=ADDRESS):
    known = len(sign_in_links(firm, address))
    page.goto(firm.url + "/client?language=en")
    page.fill("#f-address", address)
    page.get_by_role("button", name="Send me the link").click()
    page.wait_for_url(re.compile("did=asked"))
    return until(lambda: sign_in_links(firm, address)[known:], "a link that signs in", 30)[0]


def enter(firm, browser, javascript=True):
    """A browser of a client who is signed in."""
    invite(firm)
    page = browser.watched(browser.context(javascript=javascript).new_page())
    link = ask_for_link(firm, page)
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/client/account/10482"))
    return page


def folder(firm, access):
    """A folder of account 10482 with that access: its name."""
    shown = firm.json("account", "show", "10482")[0]
    return next(one["name"] for one in shown["folders"] if one["access"] == access)


def test_a_client_signs_in_by_mail_and_works_without_javascript(firm, browser):
    page = enter(firm, browser, javascript=False)
    text = page.locator("main").inner_text()
    assert folder(firm, "view") in text and folder(firm, "edit") in text
    assert folder(firm, "private") not in text
    page.get_by_role("link", name=folder(firm, "edit")).first.click()
    octets = PDF + os.urandom(2000)
    page.set_input_files("#f-file", [file("Kassenbuch März.pdf", octets)])
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url(re.compile("did=uploaded"))
    assert filed(firm)["Kassenbuch März.pdf"]["bytes"] == len(octets)
    # A new folder, another name, another place.
    page.get_by_role("link", name="New folder").click()
    page.fill("#f-name", "Kasse")
    page.get_by_role("button", name="Create").click()
    page.wait_for_url(re.compile("did=folder"))
    page.get_by_role("link", name=folder(firm, "edit")).first.click()
    page.get_by_role("link", name="Kassenbuch März.pdf", exact=True).click()
    page.get_by_role("link", name="Rename").click()
    page.fill("#f-name", "Kassenbuch.pdf")
    page.get_by_role("button", name="Rename").click()
    page.wait_for_url(re.compile("did=renamed"))
    page.get_by_role("link", name="Kassenbuch.pdf", exact=True).click()
    page.get_by_role("link", name="Move").click()
    page.select_option("#f-to", label=f"{folder(firm, 'edit')} / Kasse")
    page.get_by_role("button", name="Move").click()
    page.wait_for_url(re.compile("did=moved"))
    assert filed(firm)["Kassenbuch.pdf"]["folder"].endswith("/Kasse")


def test_what_a_client_deletes_can_be_restored(firm, browser):
    page = enter(firm, browser)
    page.get_by_role("link", name=folder(firm, "edit")).first.click()
    octets = PDF + os.urandom(100)
    page.set_input_files("#f-file", [file("Vertrag.pdf", octets)])
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url(re.compile("did=uploaded"))
    number = filed(firm)["Vertrag.pdf"]["id"]
    page.get_by_role("link", name="Vertrag.pdf", exact=True).click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete").click()
    page.wait_for_url(re.compile("did=deleted"))
    assert "Vertrag.pdf" not in filed(firm)
    assert page.get_by_role("link", name="Vertrag.pdf").count() == 0
    entry = next(one for one in firm.json("audit", "--account", "10482") if one["action"] == "file.trash")
    assert ADDRESS in entry["by"]
    staff = browser.sign_in(language="en")
    browser.open(staff, "/accounts/10482/activity")
    assert "put in the trash" in staff.locator("#activity").inner_text()
    browser.open(staff, "/?q=")
    browser.open(staff, "/accounts/10482/documents?view=trash")
    row = staff.locator(f"#d-{number}")
    row.locator("summary").click()
    row.get_by_role("button", name="Restore").click()
    until(lambda: "Vertrag.pdf" in filed(firm), "the document in its folder")


def test_the_answer_is_the_same_for_every_address(firm, browser):
    invite(firm)
    answers = []
    for address in (ADDRESS, "nobody@elsewhere.example", "jana@bergmann-stb.example"):
        status, headers, body = fetch(
            firm.url + "/client/sign-in", "POST", "address=" + address.replace("@", "%40"),
            {"content-type": "application/x-www-form-urlencoded"})
        headers.pop("date", None)
        answers.append((status, headers, body))
    assert answers[0] == answers[1] == answers[2], answers
    assert answers[0][0] == 303


def test_a_link_works_once_and_to_look_uses_nothing_up(firm, browser):
    invite(firm)
    page = browser.context().new_page()
    link = ask_for_link(firm, page)
    for method in ("GET", "HEAD", "GET"):
        assert fetch(link, method)[0] == 200
    status, headers, _ = fetch(link, "POST", "", {"content-type": "application/x-www-form-urlencoded"})
    assert status == 303 and "client=" in headers["set-cookie"], headers
    assert "HttpOnly" in headers["set-cookie"] and "SameSite=" in headers["set-cookie"]
    assert fetch(link)[0] == 410
    assert fetch(link, "POST", "", {"content-type": "application/x-www-form-urlencoded"})[0] == 410
    # Staff find no copy of a letter that lets its reader in.
    assert not [one for one in firm.json("message", "list") if "sign-in" in (one.get("subject") or "").lower()]


def test_a_switch_that_is_taken_away_ends_the_session(firm, browser):
    page = enter(firm, browser)
    firm.run("contact", "edit", ADDRESS, "--account", "10482", "--switches", "sync notify")
    page.reload()
    assert page.locator("#f-address").count() == 1
    # Whoever gets it again is invited again.
    firm.run("contact", "edit", ADDRESS, "--account", "10482", "--switches", "sync notify login")
    page.reload()
    assert page.locator("#f-address").count() == 1


def test_staff_invite_on_the_contacts_page(firm, browser):
    firm.run("contact", "edit", ADDRESS, "--account", "10482", "--switches", "sync notify login")
    page = browser.sign_in(language="en")
    browser.open(page, "/accounts/10482/contacts")
    page.get_by_role("button", name=re.compile("^Invite")).first.click()
    until(lambda: "Invited on" in page.locator("#contacts").inner_text(), "that it is said")
    browser.check(page)
    texts = until(
        lambda: [text for text in (one.get_body(("plain",)).get_content() for one in letters(firm, ADDRESS))
                 if re.search(r"/client\s", text + " ") and "Jana" in text], "the invitation", 30)
    assert "/sign-in/" not in texts[-1]


def test_every_look_of_the_pages(firm, browser):
    page = enter(firm, browser)
    for access in ("edit", "view"):
        page.get_by_role("link", name=folder(firm, access)).first.click()
    page.get_by_role("link", name=folder(firm, "edit")).first.click()
    page.set_input_files(
        "#f-file", [file("Stundenzettel_November.pdf", PDF + os.urandom(90)),
                    file("Ein sehr langer Name einer Datei mit Betriebsprüfungsunterlagen 2025.txt", b"Guten Tag\n", "text/plain")])
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url(re.compile("did="))
    shelf = page.url.split("&did=")[0]
    paper = page.get_by_role("link", name=re.compile("Ein sehr langer")).first.get_attribute("href")
    state = page.context.storage_state()
    link = firm.url + "/client/sign-in/x"
    for language, size, scheme in looks():
        for name, url, known in (
                ("folders", shelf, True), ("done", shelf + "&did=uploaded", True),
                ("paper", firm.url + paper, True), ("rename", firm.url + paper + "/rename", True),
                ("move", firm.url + paper + "/move", True), ("trash", firm.url + paper + "/trash", True),
                ("none", firm.url + "/client/document/99999", True),
                ("sign-in", firm.url + "/client", False), ("asked", firm.url + "/client?did=asked", False),
                ("over", link, False)):
            more = {"storage_state": state} if known else {}
            page = browser.watched(browser.context(size, scheme, **more).new_page())
            page.goto(f"{url}{'&' if '?' in url else '?'}language={language}")
            if name in ("over", "none"):
                page.complaints.clear()
            browser.check(page)
            assert page.locator("html").get_attribute("lang") == language
            if os.environ.get("MAILROOM_PICTURES"):
                page.screenshot(path=f"{os.environ['MAILROOM_PICTURES']}/clients-{name}-{language}-{size}-{scheme}.png", full_page=True)
            page.context.close()
