"""What waits for staff: held files and unknown senders, answered by mouse, by keys and without a script."""

import re

from look import until


def count(page, path="/held"):
    """How much the rail says waits."""
    found = page.locator(f".rail a[href='{path}'] .n")
    return int(found.inner_text()) if found.count() else 0


def test_every_look_of_held_files(firm, browser):
    browser.every_look("/held", ready=".held-group")


def test_every_look_of_unknown_senders(firm, browser):
    browser.every_look("/unknown", ready="[data-item]")


def test_every_button_says_who_will_see_what_it_files(firm, browser):
    page = browser.sign_in("jana", language="en")
    browser.open(page, "/held")
    choices = page.locator(".held-group button.choice")
    assert choices.count() > 0
    seen = [choices.nth(number).inner_text() for number in range(choices.count())]
    badges = ("Client can view and edit", "Client can view", "Team only")
    assert any(any(badge in words for badge in badges) for words in seen), seen


def test_a_page_of_a_pdf_is_shown(firm, browser):
    page = browser.sign_in("jana", language="en")
    documents = [one for one in firm.json("file", "list") if one["name"].endswith(".pdf")]
    browser.open(page, f"/d/{documents[0]['id']}/look")
    picture = page.locator(".pages img").first
    until(lambda: picture.evaluate("image => image.complete && image.naturalWidth") == 1100, "a page of the PDF")
    browser.check(page)


def test_nobody_who_is_not_signed_in_sees_a_page(firm, browser):
    page = browser.context().new_page()
    page.goto(firm.url + "/d/1/preview")
    assert "/sign-in" in page.url


def test_ambiguous_mail_is_answered_once_and_taken_back(firm, browser):
    page = browser.sign_in("jana", language="en")
    browser.open(page, "/held")
    before = count(page)
    group = page.locator("#group-ambiguous [data-item]")
    number = group.count()
    assert number >= 1, "the demo has mail of a contact of several accounts"
    group.first.locator("button[data-key='1']").click()
    page.wait_for_selector(".toast[data-seconds]")
    assert page.locator("#group-ambiguous [data-item]").count() == number - 1
    assert count(page) < before
    page.locator(".toast[data-seconds] form button").click()
    page.wait_for_selector("#group-ambiguous [data-item]")
    assert count(page) == before
    assert not page.complaints


def test_it_works_without_a_script(firm, browser):
    page = browser.sign_in("jana", javascript=False, language="en")
    browser.open(page, "/held")
    items = page.locator("[data-item]").count()
    item = page.locator("[data-item]:has(button[name=aside])").last
    item.locator("button[name=aside]").click()
    assert "Left in the message" in page.locator(".toast[data-seconds]").inner_text()
    assert page.locator("[data-item]").count() == items - 1
    page.locator(".toast[data-seconds] form button").click()
    assert page.locator("[data-item]").count() == items


def test_a_stranger_becomes_an_account(firm, browser):
    page = browser.sign_in("jana", language="en")
    browser.open(page, "/unknown")
    before = page.locator("[data-item]").count()
    item = page.locator("[data-item]").filter(has_not_text="bergmann-stb.example").first
    name = item.locator(".sender b").inner_text()
    item.get_by_role("link", name="New account").click()
    page.locator("button.primary", has_text="Create and link").wait_for()
    page.locator("#f-number").fill("no number!")
    page.get_by_role("button", name="Create and link").click()
    assert page.locator("#e-number").is_visible()
    assert page.locator("#f-name").input_value() == name
    page.locator("#f-number").fill("99001")
    page.get_by_role("button", name="Create and link").click()
    page.wait_for_url(re.compile(r"/unknown"))
    if "/earlier" in page.url:
        page.locator("button[data-key='1']").click()
        page.wait_for_url(re.compile(r"/unknown($|\?)"))
    assert page.locator("[data-item]").count() == before - 1
    assert any(account["number"] == "99001" for account in firm.json("account", "list"))
    # The browser itself speaks of the page that was refused.
    page.complaints = [words for words in page.complaints if "422" not in words]
    browser.check(page)


def test_a_stranger_is_linked_and_his_earlier_files_follow(firm, browser):
    for number in range(3):
        firm.deliver(
            f"Beleg {number}", "anbei", sender="Otto Neu <otto@neu-kunde.example>",
            files=[(f"Beleg-{number}.csv", "text/csv", f"Datum;Betrag\n1.{number}.2026;{number}0,00\n".encode())])
    page = browser.sign_in("jana", language="en")
    browser.open(page, "/unknown")
    item = page.locator("[data-item]", has_text="otto@neu-kunde.example")
    until(lambda: (browser.open(page, "/unknown"), item.count())[1] and "2" in item.locator("summary").inner_text(),
          "three messages of Otto's", 30)
    item.locator("summary").click()
    item.locator("[data-link]").click()
    page.locator("#f-q").fill("hofmann")
    page.get_by_role("button", name="Find").click()
    page.locator("button.choice", has_text="Hofmann").first.click()
    page.wait_for_url(re.compile(r"/unknown/earlier"))
    assert "2 earlier messages" in page.locator("main").inner_text()
    browser.check(page)
    page.locator("button[data-key='1']").click()
    page.wait_for_url(re.compile(r"/unknown($|\?)"))
    assert item.count() == 0
    names = [one["name"] for one in firm.json("file", "list")]
    assert all(f"Beleg-{number}.csv" in names for number in range(3)), names


def test_a_stranger_becomes_a_guest(firm, browser):
    page = browser.sign_in("jana", language="en")
    browser.open(page, "/unknown")
    before = page.locator("[data-item]").count()
    page.locator("[data-item]").first.get_by_role("link", name="Guest").click()
    page.get_by_role("button", name="Create and link").wait_for()
    assert page.locator("#f-number").count() == 0, "a guest needs no number"
    browser.check(page)
    page.locator("#f-name").fill("Gast vom Empfang")
    page.get_by_role("button", name="Create and link").click()
    page.wait_for_url(re.compile(r"/unknown"))
    assert page.locator("[data-item]").count() == before - 1
    guest = next(account for account in firm.json("account", "list") if account["name"] == "Gast vom Empfang")
    assert guest["type"] == "guest"
    browser.check(page)


def test_a_stranger_is_ignored_and_attended_again(firm, browser):
    page = browser.sign_in("jana", language="en")
    browser.open(page, "/unknown")
    before = page.locator("[data-item]").count()
    page.locator("[data-item] button[formaction='/unknown/ignore']").first.click()
    page.wait_for_selector(".toast[data-seconds]")
    assert page.locator("[data-item]").count() == before - 1
    page.locator(".toast[data-seconds] form button").click()
    until(lambda: page.locator("[data-item]").count() == before, "the stranger is back")


def test_all_that_waits_is_answered_by_keys_alone(firm, browser):
    page = browser.sign_in("jana", language="en")
    browser.open(page, "/held")
    assert page.locator("[data-item]").count() > 5
    page.keyboard.press("j")
    page.keyboard.press("j")
    focused = "document.activeElement.dataset.item !== undefined && [...document.querySelectorAll('[data-item]')].indexOf(document.activeElement)"
    assert page.evaluate(focused) == 1
    page.keyboard.press("k")
    assert page.evaluate(focused) == 0
    for _ in range(60):
        left = page.locator("[data-item]").count()
        if left == 0:
            break
        if page.evaluate("!document.activeElement?.closest('[data-item]')"):
            page.keyboard.press("j")
        item = page.locator("[data-item]:focus")
        key = item.locator("button[data-key='1']")
        if key.count():
            with page.expect_navigation():
                page.keyboard.press("1")
        else:
            # What nobody files has one answer left: Tab leads to it.
            leave = item.locator("button[name=aside]")
            assert leave.count() == 1, item.inner_text()
            for _ in range(20):
                page.keyboard.press("Tab")
                if leave.evaluate("button => button === document.activeElement"):
                    break
            with page.expect_navigation():
                page.keyboard.press("Enter")
    assert "Nothing waits" in page.locator("main").inner_text()
    assert count(page) == 0
    page.complaints = [words for words in page.complaints if "409" not in words]
    browser.check(page)
