"""Documents that lie beside a request: chosen by staff, looked at by whoever has the link, and nothing else."""

import hashlib
import os
import re

from look import looks
from test_links import fetch, links


def test_documents_lie_beside_a_request(firm, browser):
    documents = {one["name"]: one for one in firm.json("file", "list", "--account", "10482")}
    seen = next(one for one in documents.values() if one["access"] != "private" and one["name"].endswith(".pdf"))
    hidden = next((one for one in documents.values() if one["access"] == "private"), None)
    staff = browser.sign_in(language="en")
    browser.open(staff, "/requests/new?account=10482")
    staff.fill("#f-title", "Bitte ansehen und unterschreiben")
    staff.check("input[name=contact][value='buero@hofmann-brot.example']")
    staff.locator("summary", has_text="Documents to look at").click()
    staff.check(f"input[name=document][value='{seen['id']}']")
    if hidden:
        staff.check(f"input[name=document][value='{hidden['id']}']")
    staff.locator("button[value=link]").first.click()
    if hidden:
        # What the team alone sees is said so before anybody sees it.
        staff.wait_for_selector("#e-private")
        staff.complaints.clear()
        browser.check(staff)
        staff.check("input[name=private]")
        staff.locator("button[value=link]").first.click()
    staff.wait_for_selector("#attached")
    assert seen["name"] in staff.locator("#attached").inner_text()
    browser.check(staff)
    number = int(re.search(r"/requests/(\d+)", staff.url)[1])
    own, _ = links(firm, number)
    page = browser.watched(browser.context().new_page())
    page.goto(own + "?language=en")
    assert seen["name"] in page.locator("#attached").inner_text()
    page.get_by_role("link", name=seen["name"], exact=True).click()
    page.wait_for_selector("#preview")
    browser.check(page)
    place = f"{own}/documents/{seen['id']}"
    status, headers, content = fetch(place + "/file")
    assert status == 200 and hashlib.sha256(content).hexdigest() == seen["sha256"]
    assert headers["content-disposition"].startswith("attachment") and headers["x-content-type-options"] == "nosniff"
    other = next(one for one in documents.values() if one["id"] not in (seen["id"], (hidden or seen)["id"]))
    assert fetch(f"{own}/documents/{other['id']}/file")[0] == 404
    for language, size, scheme in looks():
        for name, url in (("attached", own), ("document", place)):
            page = browser.watched(browser.context(size, scheme).new_page())
            page.goto(f"{url}?language={language}")
            browser.check(page)
            if os.environ.get("MAILROOM_PICTURES"):
                page.screenshot(path=f"{os.environ['MAILROOM_PICTURES']}/links-{name}-{language}-{size}-{scheme}.png", full_page=True)
            page.context.close()


def test_items_are_called_otherwise_and_asked_for_no_more(firm, browser):
    firm.run("request", "send", "10482", "Umbenennen", "--no-mail", "--to", "buero@hofmann-brot.example",
             "--item", "Kontoauszug", "--item", "Fahrtenbuch")
    number = next(one["id"] for one in firm.json("request", "list") if one["title"] == "Umbenennen")
    page = browser.sign_in(language="en")
    browser.open(page, f"/requests/{number}")
    page.locator("[data-key=item-1] .changing summary").click()
    browser.check(page)
    page.fill("#name-1", "Kontoauszug November")
    page.locator("[data-key=item-1] .changing .btn.primary").click()
    page.wait_for_selector("text=Kontoauszug November")
    page.locator("[data-key=item-2] .changing summary").click()
    page.locator("[data-key=item-2]").get_by_role("button", name="Ask for it no more").click()
    page.wait_for_selector("[data-key=item-2]", state="detached")
    own, _ = links(firm, number)
    page = browser.context().new_page()
    page.goto(own)
    text = page.locator("#want").inner_text()
    assert "Kontoauszug November" in text and "Fahrtenbuch" not in text
