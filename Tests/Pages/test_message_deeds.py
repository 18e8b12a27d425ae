"""What is done with the files of a message: filed, moved, taken out, and the message itself given to somebody else."""

import re

from look import until

NAME = "Kontoauszug-Seite.csv"


def opened(firm, browser, subject, name=NAME, **more):
    """A page with a client's mail and its file open."""
    octets = f"Datum;Betrag\n1.1.2026;{subject}\n".encode()
    firm.deliver(subject, "anbei", files=[(name, "text/csv", octets)])
    until(lambda: any(one["subject"] == subject for one in firm.json("message", "list")), f"“{subject}” is read", 60)
    page = browser.sign_in("jana", language="en", **more)
    browser.open(page, "/")
    page.locator(".mail", has_text=subject).first.locator(".subj").click()
    page.locator(".conv h1", has_text=subject).wait_for()
    return page


def menu(page):
    page.locator(".att details summary").first.click()
    return page.locator(".att details[open] .menu")


def lies(firm, name):
    """Where the file lies; None: nowhere."""
    return next((f"{one['account']}/{one['folder']}" for one in firm.json("file", "list") if one["name"] == name), None)


def test_a_file_is_taken_out_filed_again_and_all_of_it_undone(firm, browser):
    for size, scheme in (("desktop", "light"), ("phone", "dark")):
        name = f"{size}.csv"
        page = opened(firm, browser, f"Abgelegt {size}", name, size=size, scheme=scheme)
        place = lies(firm, name)
        assert place and place.startswith("10482/"), place
        menu(page).get_by_role("button", name="Un-file").click()
        page.locator(".filed.waits").wait_for()
        assert lies(firm, name) is None
        browser.check(page)
        page.locator(".toast[data-seconds] form button").click()
        until(lambda: lies(firm, name) == place, "the undo files it where it was")
        browser.open(page, page.url.removeprefix(firm.url).split("?")[0])
        if page.locator(".conv h1").count() == 0:
            page.locator(".mail", has_text=f"Abgelegt {size}").first.locator(".subj").click()
        menu(page).get_by_role("button", name="Un-file").click()
        page.locator(".filed.waits").wait_for()
        menu(page).get_by_role("button", name="File", exact=True).click()
        until(lambda: lies(firm, name) == place, "one click files it by the rules")
        browser.check(page)


def test_a_file_is_moved_to_another_folder(firm, browser):
    page = opened(firm, browser, "Umgelegt", "umgelegt.csv")
    before = lies(firm, "umgelegt.csv")
    menu(page).get_by_role("link", name="Move").click()
    page.wait_for_url(re.compile(r"/d/\d+/move"))
    browser.check(page)
    internal = page.locator("main select option, main label").filter(has_text="Intern")
    assert internal.count() > 0, page.locator("main").inner_text()
    if page.locator("main select").count():
        page.locator("main select").first.select_option(internal.first.get_attribute("value"))
    else:
        internal.first.click()
    page.locator("main button.primary").click()
    until(lambda: lies(firm, "umgelegt.csv") not in (None, before), "it lies elsewhere")
    assert "Intern" in lies(firm, "umgelegt.csv")


def test_one_message_of_a_conversation_is_somebody_elses(firm, browser):
    firm.deliver("Gemischt", "die erste", files=[("erste.csv", "text/csv", b"a;b\n1;erste\n")])
    page = opened(firm, browser, "Gemischt", "zweite.csv")
    until(lambda: lies(firm, "erste.csv") and lies(firm, "zweite.csv"), "both are filed", 60)
    page.reload()
    until(lambda: page.locator(".conv .msg").count() == 2, "both stand in one conversation")
    page.locator("article.msg details.menu-of summary").last.click()
    page.get_by_role("link", name="Is someone else’s").click()
    page.wait_for_url(re.compile(r"/m/\d+/account"))
    assert "1 filed document moves along" in page.locator(".change").inner_text()
    browser.check(page)
    page.locator("#f-q").fill("northgate")
    until(lambda: page.locator("#account-choices button.choice").count() == 1, "one is found")
    page.locator("#account-choices button.choice").first.click()
    page.wait_for_selector(".toast[data-seconds]")
    places = {lies(firm, "erste.csv")[:5], lies(firm, "zweite.csv")[:5]}
    assert places == {"10482", "10533"}, places
    assert page.locator(".conv .msg").count() == 1
    browser.check(page)
    page.locator(".toast[data-seconds] form button").click()
    until(lambda: {lies(firm, "erste.csv")[:5], lies(firm, "zweite.csv")[:5]} == {"10482"}, "all is back")
    until(lambda: page.locator(".conv .msg").count() == 2, "in one conversation again")
