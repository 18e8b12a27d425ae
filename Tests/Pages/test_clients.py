"""Clients who were invited: a link by mail signs them in, and they see and change what they may."""

import email
import email.policy
import hashlib
import os
import re

from look import looks, until
from test_links import PDF, Line, fetch, file, filed, on_disk

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


SESSIONS = {}


def enter(firm, browser, javascript=True):
    """A browser of a client who is signed in; by the last session while it holds, for letters are few."""
    invite(firm)
    known = {"storage_state": SESSIONS[firm.url]} if firm.url in SESSIONS else {}
    page = browser.watched(browser.context(javascript=javascript, **known).new_page())
    page.goto(firm.url + "/client?language=en")
    if "/client/account/10482" in page.url:
        return page
    link = ask_for_link(firm, page)
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/client/account/10482"))
    SESSIONS[firm.url] = page.context.storage_state()
    return page


def edited(firm, page):
    """The folder that the client may change, before them."""
    page.get_by_role("link", name=folder(firm, "edit")).first.click()
    page.wait_for_selector("#up")
    return page


def make_folder(page, name):
    page.get_by_role("link", name="New folder").click()
    page.fill("#f-name", name)
    page.get_by_role("button", name="Create").click()
    page.wait_for_url(re.compile("did=folder"))


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
    until(lambda: page.locator(".up small.ok").count() == 1, "that it was received")
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


def notices(firm):
    """Messages as which staff see what was put into the folder."""
    return sum(one["direction"] == "in" and folder(firm, "edit") in (one["subject"] or "")
               for one in firm.json("message", "list", "--limit", "50"))


def test_a_folder_takes_files_as_the_upload_page_does(firm, browser):
    page = edited(firm, enter(firm, browser))
    browser.check(page)
    assert page.locator("#f-photo").get_attribute("capture") == "environment"
    before = notices(firm)
    page.set_input_files("#f-file", [file(f"Auf einmal {number}.pdf", PDF + os.urandom(900)) for number in range(6)])
    transfer = """name => { const all = new DataTransfer();
        all.items.add(new File(["%PDF-1.4 " + name + " %%EOF"], name, {type: "application/pdf"})); return all; }"""
    page.dispatch_event("body", "drop", {"dataTransfer": page.evaluate_handle(transfer, "aus dem Ordner.pdf")})
    page.evaluate("""() => { const all = new DataTransfer();
        all.items.add(new File(["%PDF-1.4 geklebt, Mandant %%EOF"], "Zwischenablage.pdf", {type: "application/pdf"}));
        document.dispatchEvent(new ClipboardEvent("paste", {clipboardData: all, bubbles: true})); }""")
    until(lambda: page.locator(".up small.ok").count() == 8, "all eight are received", 30)
    assert page.locator("#yours [role=status]").inner_text() == "8 of 8 received"
    names = {f"Auf einmal {number}.pdf" for number in range(6)} | {"aus dem Ordner.pdf", "Zwischenablage.pdf"}
    assert names <= set(filed(firm))
    # The list beside it has them without a reload, and says how they came.
    until(lambda: page.get_by_role("link", name="aus dem Ordner.pdf", exact=True).count() == 1, "the list")
    listed = next(one for one in firm.json("file", "list", "--account", "10482") if one["name"] == "Zwischenablage.pdf")
    assert listed["origin"]["by"] == "client"
    # What they have already is said so, and what staff look at first.
    page.set_input_files("#f-file", [file("anders.pdf", b"%PDF-1.4 geklebt, Mandant %%EOF")])
    until(lambda: "already" in page.locator(".up").last.inner_text(), "that it is known")
    page.set_input_files("#f-file", [file("setup.exe", b"MZ" + bytes(4000), "application/octet-stream")])
    until(lambda: "office looks at" in page.locator(".up").last.inner_text(), "that it waits")
    browser.check(page)
    # Staff hear of all of it once.
    assert notices(firm) - before <= 1
    # Whoever goes gets the receipt.
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_selector("#f-address")
    receipts = until(
        lambda: [text for text in (one.get_body(("plain",)).get_content() for one in letters(firm, ADDRESS))
                 if "Auf einmal 3.pdf" in text], "the receipt", 30)
    octets = b"%PDF-1.4 geklebt, Mandant %%EOF"
    assert hashlib.sha256(octets).hexdigest() in receipts[-1] and "Zwischenablage.pdf" in receipts[-1]


def test_after_a_cut_and_a_reload_a_folder_goes_on(firm, browser):
    page = edited(firm, enter(firm, browser))
    page.on("dialog", lambda dialog: dialog.accept())
    line = Line(page)
    octets = PDF + os.urandom(24 << 20)
    path = on_disk("Kassenbuch lang.pdf", octets)
    page.set_input_files("#f-file", path)
    until(lambda: page.locator(".up progress").evaluate("bar => bar.value") > 20, "some of it is there", 60)
    line.is_cut = True
    until(lambda: "goes on from" in page.locator(".up small").inner_text(), "the cut is told", 30)
    line.is_cut = False
    until(lambda: page.locator(".up progress").evaluate("bar => bar.value") > 45, "it goes on", 60)
    page.reload()
    page.complaints.clear()
    assert "Choose the file again" in page.locator("[data-unfinished]").inner_text()
    browser.check(page)
    # Signed out meanwhile, and in again: it is theirs still.
    firm_page = page.url
    page.context.clear_cookies(name="client")
    page.set_input_files("#f-file", path)
    until(lambda: "no longer signed in" in page.locator(".up").last.inner_text(), "that is said")
    again = enter(firm, browser).context.cookies()
    page.context.add_cookies([one for one in again if one["name"] == "client"])
    page.goto(firm_page)
    page.set_input_files("#f-file", path)
    until(lambda: page.locator(".up small.ok").count() == 1, "all of it is there", 90)
    assert len(line.begun) == 1, line.begun
    assert filed(firm)["Kassenbuch lang.pdf"]["sha256"] == hashlib.sha256(octets).hexdigest()


def test_a_folder_that_is_closed_meanwhile_takes_nothing(firm, browser):
    page = edited(firm, enter(firm, browser))
    line = Line(page)
    page.set_input_files("#f-file", on_disk("zu spät.pdf", PDF + os.urandom(16 << 20)))
    until(lambda: page.locator(".up progress").evaluate("bar => bar.value") > 10, "some of it is there", 60)
    line.is_cut = True
    firm.run("contact", "edit", ADDRESS, "--account", "10482", "--switches", "sync notify")
    line.is_cut = False
    until(lambda: "no longer signed in" in page.locator(".up").last.inner_text(), "that is said", 60)
    assert "zu spät.pdf" not in filed(firm)


def test_folders_are_renamed_and_removed(firm, browser):
    page = edited(firm, enter(firm, browser, javascript=False))
    # Those at the top are the firm's.
    assert page.get_by_role("link", name="Rename this folder").count() == 0
    assert page.get_by_role("link", name="Delete this folder").count() == 0
    make_folder(page, "Alte Kasse")
    page.set_input_files("#f-file", [file("Kassensturz.pdf", PDF + os.urandom(300))])
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url(re.compile("did=uploaded"))
    page.get_by_role("link", name="Rename this folder").click()
    page.fill("#f-name", "Kasse 2024")
    page.get_by_role("button", name="Rename").click()
    page.wait_for_url(re.compile("did=renamed"))
    assert filed(firm)["Kassensturz.pdf"]["folder"].endswith("/Kasse 2024")
    page.get_by_role("link", name="Delete this folder").click()
    assert "1 document" in page.locator("main").inner_text()
    page.get_by_role("button", name="Delete").click()
    page.wait_for_url(re.compile("did=removed"))
    assert "Kassensturz.pdf" not in filed(firm)
    assert page.get_by_role("link", name="Kasse 2024").count() == 0
    actions = [one["action"] for one in firm.json("audit", "--account", "10482") if ADDRESS in one["by"]]
    assert {"folder.rename", "folder.remove", "file.trash"} <= set(actions)


def test_every_look_of_the_pages(firm, browser):
    page = enter(firm, browser)
    for access in ("edit", "view"):
        page.get_by_role("link", name=folder(firm, access)).first.click()
    page.get_by_role("link", name=folder(firm, "edit")).first.click()
    page.set_input_files(
        "#f-file", [file("Stundenzettel_November.pdf", PDF + os.urandom(90)),
                    file("Ein sehr langer Name einer Datei mit Betriebsprüfungsunterlagen 2025.txt", b"Guten Tag\n", "text/plain")])
    until(lambda: page.locator(".up small.ok").count() == 2, "that both were received")
    shelf = page.url.split("&did=")[0]
    make_folder(page, "Ablage 2025")
    below = page.url.split("&did=")[0]
    page.goto(shelf)
    paper = page.get_by_role("link", name=re.compile("Ein sehr langer")).first.get_attribute("href")
    state = page.context.storage_state()
    link = firm.url + "/client/sign-in/x"
    for language, size, scheme in looks():
        for name, url, known in (
                ("folders", shelf, True), ("below", below, True),
                ("rename-folder", below.replace("/10482?", "/10482/rename-folder?"), True),
                ("remove-folder", below.replace("/10482?", "/10482/remove-folder?"), True), ("done", shelf + "&did=uploaded", True),
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
