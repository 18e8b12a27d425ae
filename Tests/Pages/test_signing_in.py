"""Signing in, one's own settings, and colleagues: as people meet them."""

import base64
import hashlib
import hmac
import re
import struct
import time

from look import looks, until

PASSWORD = "correct horse battery"


def digits(words, step=0):
    """What an authenticator app shows for a key. RFC 6238."""
    key = base64.b32decode(words.replace(" ", ""))
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    mac = hmac.new(key, counter, hashlib.sha1).digest()
    at = mac[19] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7FFFFFFF) % 1000000:06}"


def person(firm, login, *more):
    """A colleague with a password, made anew for one test."""
    firm.run("user", "add", login, "--name", f"{login.capitalize()} Kern", "--language", "en",
             "--password-file", "-", *more, text=PASSWORD + "\n")
    return login


def stranger(browser, size="desktop", **more):
    return browser.watched(browser.context(size, **more).new_page())


def sign_in(browser, page, login, password=PASSWORD, path="/sign-in"):
    browser.open(page, path)
    page.get_by_label("Login").fill(login)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def refused(page):
    """A form that comes back is a page with a status of its own, which Chromium reports."""
    page.complaints = [line for line in page.complaints if "status of 4" not in line]


def test_the_sign_in_page_fits_everywhere_in_every_language(firm, browser):
    heading = {"de": "Anmelden", "en": "Sign in", "ja": "サインイン"}
    for language, size, scheme in looks():
        page = stranger(browser, size, scheme=scheme)
        browser.open(page, f"/sign-in?language={language}")
        assert page.get_by_role("heading", level=1).inner_text() == heading[language]
        assert page.locator("html").get_attribute("lang") == language
        browser.check(page)
        page.context.close()


def test_a_password_with_the_keyboard_alone_and_back_to_the_page_that_was_wanted(firm, browser):
    person(firm, "karl")
    page = stranger(browser)
    browser.open(page, "/settings")
    page.wait_for_url(re.compile("/sign-in"))
    page.get_by_label("Login").focus()
    page.keyboard.type("karl")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector(".wrong")
    assert page.get_by_label("Login").input_value() == "karl"
    assert page.get_by_label("Password").get_attribute("aria-invalid") == "true"
    refused(page)
    browser.check(page)
    page.get_by_label("Password").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/settings$"))
    assert page.get_by_text("Karl Kern").first.is_visible()
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert cookies["session"]["httpOnly"] and cookies["session"]["sameSite"] == "Lax", cookies
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.wait_for_url(re.compile("/sign-in"))
    browser.open(page, "/settings")
    page.wait_for_url(re.compile("/sign-in"))


def test_everything_works_without_javascript(firm, browser):
    person(firm, "lena")
    page = stranger(browser, "phone", javascript=False)
    sign_in(browser, page, "lena", path="/sign-in?to=/settings")
    page.wait_for_url(re.compile("/settings$"))
    page.get_by_label("Your name").fill("Lena Berg")
    page.locator("form[action='/settings/me'] button.primary").click()
    page.wait_for_url(re.compile("did=saved"))
    assert page.get_by_label("Your name").input_value() == "Lena Berg"
    page.get_by_label("Your name").fill(" ")
    page.get_by_label("E-mail address").fill("lena@firm.example")
    page.locator("form[action='/settings/me'] button.primary").click()
    page.wait_for_selector(".wrong")
    assert page.get_by_label("E-mail address").input_value() == "lena@firm.example"


def test_a_link_is_not_used_up_by_looking_at_it(firm, browser):
    person(firm, "mara")
    link = firm.login_link("mara")
    for _ in range(2):
        page = stranger(browser)
        page.goto(link)
        assert page.get_by_role("heading", name="Mara Kern").is_visible()
        browser.check(page)
        page.context.close()
    page = stranger(browser)
    page.goto(link)
    page.locator("main button.primary").click()
    page.wait_for_url(re.compile(r"/(\?.*)?$"))
    page = stranger(browser)
    page.goto(link)
    assert page.get_by_role("heading", name="no longer good").is_visible()
    refused(page)
    browser.check(page)


def test_an_app_on_the_telephone_from_its_picture_to_the_lost_telephone(firm, browser):
    person(firm, "nora")
    page = stranger(browser)
    sign_in(browser, page, "nora", path="/sign-in?to=/settings/second-factor")
    page.wait_for_url(re.compile("/settings/second-factor$"))
    key = page.locator(".totp-key").inner_text()
    assert f"secret={key.replace(' ', '')}" in browser.photographed(page.locator("svg.qr"))
    browser.check(page)
    page.get_by_label("Code from the app").fill("000000")
    page.get_by_role("button", name="Switch on").click()
    page.wait_for_selector(".wrong")
    refused(page)
    assert page.locator(".totp-key").inner_text() == key, "the key stays while one types"
    page.get_by_label("Code from the app").fill(digits(key))
    page.get_by_role("button", name="Switch on").click()
    page.wait_for_selector(".recovery")
    codes = page.locator(".recovery code").all_inner_texts()
    assert len(codes) == 10
    browser.check(page)

    other = stranger(browser, "phone")
    sign_in(browser, other, "nora")
    other.wait_for_url(re.compile("/sign-in/code"))
    browser.check(other)
    # The digits that switched it on are used; those of the next half minute are not.
    other.get_by_label("Code from the app").fill(digits(key, 1))
    other.get_by_role("button", name="Continue").click()
    other.wait_for_url(re.compile(r":\d+/(\?.*)?$"))

    lost = stranger(browser)
    sign_in(browser, lost, "nora", path="/sign-in?to=/settings")
    lost.wait_for_url(re.compile("/sign-in/code"))
    lost.get_by_label("Code from the app").fill(codes[0])
    lost.get_by_role("button", name="Continue").click()
    lost.wait_for_url(re.compile("/settings$"))
    assert lost.get_by_text("9 recovery codes").is_visible()
    assert lost.get_by_role("button", name="Sign out").count() >= 2, "the other two browsers are listed"
    lost.get_by_role("button", name="Sign out everywhere else").click()
    lost.wait_for_selector(".toast:not(.offline)")
    browser.open(page, "/settings")
    page.wait_for_url(re.compile("/sign-in"))


def test_looks_are_changed_at_once(firm, browser):
    person(firm, "olga")
    page = stranger(browser)
    sign_in(browser, page, "olga", path="/sign-in?to=/settings")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_label("Colours").select_option("dark")
    page.get_by_label("Keyboard shortcuts").uncheck()
    page.locator("form[action='/settings/looks'] button.primary").click()
    page.wait_for_selector(".toast:not(.offline)")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != light
    assert page.locator("html").get_attribute("data-keys") == "off"
    browser.check(page)


def test_an_owner_adds_a_colleague_and_shuts_one_out(firm, browser):
    owner = person(firm, "paul", "--role", "owner")
    page = stranger(browser)
    sign_in(browser, page, owner, path="/sign-in?to=/staff")
    page.wait_for_url(re.compile("/staff$"))
    page.get_by_label("Name", exact=True).fill("Rita Sommer")
    page.get_by_label("Login").fill("rita")
    page.locator("form[action='/staff'] button.primary").click()
    page.wait_for_selector(".linkfield")
    browser.check(page)
    link = page.locator(".linkfield code").inner_text()
    rita = stranger(browser, "phone")
    rita.goto(link)
    rita.locator("main button.primary").click()
    rita.wait_for_url(re.compile(r"/(\?.*)?$"))
    browser.open(rita, "/staff")
    assert rita.get_by_text("You may not do this").is_visible()
    refused(rita)
    browser.check(rita)
    browser.open(page, "/staff")
    page.get_by_role("link", name="Rita Sommer").click()
    page.get_by_role("button", name="Disable").click()
    page.wait_for_selector(".toast:not(.offline)")
    browser.check(page)
    browser.open(rita, "/settings")
    rita.wait_for_url(re.compile("/sign-in"))


def test_an_account_for_one_person_alone_is_not_there_for_another(firm, browser):
    owner = person(firm, "saul", "--role", "owner")
    number = firm.json("account", "list")[0]["number"]
    page = stranger(browser)
    sign_in(browser, page, owner, path="/sign-in?to=/staff/visibility")
    page.get_by_label("Account number").fill("no such")
    page.get_by_role("button", name="Restrict an account").click()
    page.wait_for_selector(".wrong")
    refused(page)
    page.get_by_label("Account number").fill(number)
    form = page.locator("form").filter(has=page.get_by_label("Account number"))
    form.get_by_label("Saul Kern").check()
    page.get_by_role("button", name="Restrict an account").click()
    page.wait_for_selector(".toast:not(.offline)")
    browser.check(page)
    newest = firm.json("audit", "--account", number)[0]
    assert (newest["by"], newest["action"]) == ("saul", "account.visibility"), newest
    firm.run("account", "edit", number, "--visible-to-all")


def test_settings_fit_everywhere_in_every_language(firm, browser):
    browser.every_look("/settings")


def test_staff_fits_everywhere_in_every_language(firm, browser):
    browser.every_look("/staff")
    browser.every_look("/staff/visibility", languages=("de",))


def test_a_flood_slows_its_own_browser_down_and_no_other(firm, browser):
    person(firm, "tina")
    known = stranger(browser)
    sign_in(browser, known, "tina", path="/sign-in?to=/settings")
    known.wait_for_url(re.compile("/settings$"))
    flood = stranger(browser)
    browser.open(flood, "/sign-in")
    for _ in range(6):
        sign_in(browser, flood, "tina", "wrong")
        flood.wait_for_selector(".wrong")
    assert "Too many tries" in flood.locator(".wrong").inner_text()
    known.get_by_role("button", name="Sign out", exact=True).first.click()
    known.wait_for_url(re.compile("/sign-in"))
    sign_in(browser, known, "tina", path="/sign-in?to=/settings")
    known.wait_for_url(re.compile("/settings$"))
