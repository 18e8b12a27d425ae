"""Whose a conversation is: changed in one click, with its files, for one or for many, and taken back."""

import re

from look import until


def deliver(firm, page, browser, subject, sender="Sabine Hofmann <buero@hofmann-brot.example>", name=None):
    """A mail with a file, until its conversation is open in the page."""
    octets = f"Datum;Betrag\n1.1.2026;{len(subject)},00;{subject}\n".encode()
    firm.deliver(subject, "anbei", sender=sender, files=[(name or f"{subject}.csv", "text/csv", octets)])
    open_list(page, browser)
    found = page.locator(".mail", has_text=subject).first
    found.wait_for(timeout=60_000)
    found.locator(".subj").click()
    page.locator(".conv h1", has_text=subject).wait_for()


def open_list(page, browser):
    browser.open(page, "/")
    page.wait_for_selector("#list")


def file_of(firm, name):
    """Where a file lies that is in no trash."""
    return next((one for one in firm.json("file", "list") if one["name"] == name), None)


def other_account(page):
    """The first account that is offered."""
    button = page.locator("#account-choices button.choice").first
    button.wait_for()
    return button, button.locator("b").inner_text(), button.locator("small").inner_text()


def test_one_click_takes_the_files_along_and_back(firm, browser):
    page = browser.sign_in("jana", language="en")
    deliver(firm, page, browser, "Falscher Mandant")
    address = page.url.split("?")[0]
    before = until(lambda: file_of(firm, "Falscher Mandant.csv"), "the file is filed")
    page.keyboard.press("m")
    page.wait_for_url(re.compile(r"/c/\d+/account"))
    words = page.locator(".change").inner_text()
    assert "1 filed document moves along" in words and "could already see 1 of them" in words, words
    assert "Falscher Mandant.csv" in words
    browser.check(page)
    page.locator("#f-q").fill("northgate")
    until(lambda: page.locator("#account-choices button.choice").count() == 1, "what is typed is looked for")
    button, name, number = other_account(page)
    button.click()
    page.wait_for_selector(".toast[data-seconds]")
    assert page.url.split("?")[0] == address, "the conversation keeps its address"
    assert page.locator(".linkbar .name").inner_text() == name
    after = file_of(firm, "Falscher Mandant.csv")
    assert after["account"] == number and before["account"] != number, (before, after)
    browser.check(page)
    page.locator(".toast[data-seconds] form button").click()
    until(lambda: page.locator(".linkbar .name").inner_text() != name, "it is whose it was")
    back = file_of(firm, "Falscher Mandant.csv")
    assert (back["account"], back["folder"]) == (before["account"], before["folder"])


def test_by_keys_alone(firm, browser):
    page = browser.sign_in("jana", language="en")
    deliver(firm, page, browser, "Nur mit Tasten")
    page.keyboard.press("m")
    page.wait_for_selector("#account-choices")
    page.keyboard.press("/")
    page.keyboard.type("northgate")
    until(lambda: page.locator("#account-choices button.choice").count() == 1, "one is found")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.name") != "account":
        page.keyboard.press("Tab")
    page.keyboard.press("1")
    page.wait_for_selector(".toast[data-seconds]")
    assert "Northgate" in page.locator(".linkbar .name").inner_text()
    assert not page.complaints


def test_without_a_script(firm, browser):
    seeing = browser.sign_in("jana", language="en")
    deliver(firm, seeing, browser, "Ohne Skript")
    path = seeing.url.removeprefix(firm.url).split("?")[0]
    page = browser.sign_in("jana", javascript=False, language="en")
    browser.open(page, path)
    page.locator("#change-account").click()
    page.locator("#f-q").fill("gibtesnicht")
    page.get_by_role("button", name="Find").click()
    assert "No account is called that" in page.locator("#account-choices").inner_text()
    page.locator("#f-q").fill("northgate")
    page.get_by_role("button", name="Find").click()
    page.locator("button.choice").first.click()
    assert "Northgate" in page.locator(".linkbar .name").inner_text()
    page.locator(".toast[data-seconds] form button").click()
    assert "Hofmann" in page.locator(".linkbar .name").inner_text()


def test_many_at_once_at_a_desk_and_on_a_phone(firm, browser):
    page = browser.sign_in("jana", language="en")
    for subject in ("Umzug eins", "Umzug zwei"):
        deliver(firm, page, browser, subject)
    for size in ("desktop", "phone"):
        page = browser.sign_in("jana", size=size, language="en")
        open_list(page, browser)
        if size == "phone":
            page.locator("#selecting").click()
        for subject in ("Umzug eins", "Umzug zwei"):
            page.locator(".mail", has_text=subject).first.locator(".pick input").check(force=True)
        browser.check(page)
        page.locator("#bulk-account").click()
        page.wait_for_url(re.compile(r"/conversations/account"))
        assert "2 conversations" in page.locator(".change").inner_text()
        browser.check(page)
        page.locator("#f-q").fill("northgate")
        until(lambda: page.locator("#account-choices button.choice").count() == 1, "one is found")
        page.locator("#account-choices button.choice").first.click()
        page.wait_for_selector(".toast[data-seconds]")
        for subject in ("Umzug eins", "Umzug zwei"):
            assert file_of(firm, f"{subject}.csv")["account"] == "10533", subject
        page.locator(".toast[data-seconds] form button").click()
        until(lambda: file_of(firm, "Umzug zwei.csv")["account"] == "10482", "both are back")
        assert file_of(firm, "Umzug eins.csv")["account"] == "10482"


def test_every_look(firm, browser):
    page = browser.sign_in("jana", language="de")
    deliver(firm, page, browser, "Ansicht")
    browser.every_look(page.url.removeprefix(firm.url).split("?")[0] + "/account", ready="#account-choices")
