"""Looking for mail, files and accounts."""

import re

from look import until


def _found(page, query):
    page.locator("#q").fill(query)
    page.locator("#q").press("Enter")
    page.wait_for_url(lambda url: "/search?" in url)
    return page.locator("#found")



def test_what_came_is_found_by_its_words(firm, browser):
    firm.deliver("Straßenreinigung Müller", "Die Überweisung für die Straßenreinigung ist unterwegs.")
    firm.deliver("髙橋商店より", "東京都港区の髙橋商店です。請求書をお送りします。")
    page = browser.sign_in()
    browser.open(page, "/search")
    assert page.evaluate("document.activeElement.id") == "q", "the field has the focus"

    def found(query, words):
        browser.open(page, "/search?q=" + query)
        return words in page.locator("#found").inner_text()

    until(lambda: found("strassenreinigung", "Straßenreinigung"), "the mail is found", 30)
    until(lambda: found("高橋", "髙橋商店"), "two characters find it", 30)
    for query in ("mueller", "muller", "müller", "überweis", '"ist unterwegs"', "from:hofmann unterwegs"):
        assert found(query, "Straßenreinigung"), query
    for query in ("東京都港", "商", "髙橋商店", "高橋商店"):
        assert found(query, "髙橋商店"), query
    assert page.locator("#found mark").count() > 0
    browser.check(page)


def test_what_is_wrong_is_said_and_mended_with_a_click(firm, browser):
    page = browser.sign_in(language="en")
    browser.open(page, "/search")
    _found(page, "fron:hofmann lohn")
    assert "There is no operator “fron:”" in page.locator("#wrong").inner_text()
    assert page.locator("#q").input_value() == "fron:hofmann lohn"
    browser.check(page)
    page.get_by_role("link", name=re.compile("Did you mean")).click()
    page.wait_for_url(re.compile("from"))
    assert page.locator("#q").input_value() == "from:hofmann lohn"
    assert page.locator("#wrong").count() == 0


def test_every_look_of_the_empty_page_and_of_results(firm, browser):
    browser.every_look("/search")
    browser.every_look("/search?q=hofmann")
    browser.every_look("/search?q=is:wrong+before:soon")


def test_by_keyboard_alone(firm, browser):
    page = browser.sign_in()
    browser.open(page, "/search?q=hofmann")
    until(lambda: page.locator("#found .hit").count() > 1 or page.reload(), "something is found", 30)
    page.locator("#q").focus()
    page.keyboard.press("ArrowDown")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    assert first == page.locator("#found .hit .what").first.get_attribute("href")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.getAttribute('href')") != first
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.getAttribute('href')") == first
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.locator("#q").input_value() == "hofmann"


def test_operators_are_known_in_the_readers_language(firm, browser):
    page = browser.sign_in(language="ja")
    browser.open(page, "/search?q=差出人:hofmann")
    assert page.locator("#wrong").count() == 0
    _found(page, "状態:未毒")
    assert page.locator("#wrong a").inner_text().startswith("状態:未読")
    page = browser.sign_in(language="de")
    browser.open(page, "/search?q=mit:anlage")
    assert page.locator("#wrong").count() == 0


def test_the_inbox_is_searched_in_its_own_list(firm, browser):
    page = browser.sign_in(language="de")
    browser.open(page, "/")
    until(lambda: page.reload() and page.locator("#rows .mail").count() > 1, "there is mail", 30)
    page.locator("#q").fill("hofmann")
    page.locator("#q").press("Enter")
    page.wait_for_url(re.compile(r"/\?q=hofmann"))
    assert page.locator("#q").input_value() == "hofmann"
    until(lambda: page.reload() and page.locator("#rows .mail").count() > 0, "the index has it", 30)
    browser.check(page)
    page.locator("#rows .subj").first.click()
    page.wait_for_url(re.compile(r"/c/\d+\?q=hofmann"))
    browser.open(page, "/?q=vom:hofmann")
    assert "Es gibt keinen Suchbegriff" in page.locator("#wrong").inner_text()
    assert page.locator("#q").get_attribute("aria-describedby") == "wrong"
    browser.check(page)
    page.locator("#wrong a").click()
    page.wait_for_url(re.compile(r"/\?q=von%3Ahofmann"))
    phone = browser.sign_in(size="phone", scheme="dark")
    for query in ("hofmann", "vom:hofmann"):
        browser.open(phone, "/?q=" + query)
        browser.check(phone)


def test_without_a_script(firm, browser):
    page = browser.sign_in(javascript=False)
    browser.open(page, "/search")
    assert "10482" in _found(page, "hofmann").inner_text()
