"""The inbox: lists, a conversation, and what colleagues do there at one time."""

from look import until


def row(page, subject):
    return page.locator(".mail", has_text=subject).first


def deliver(firm, page, subject, text="Guten Tag, anbei die Unterlagen."):
    """A mail, until it stands in the open page's list."""
    firm.deliver(subject, text)
    page.locator(".mail", has_text=subject).first.wait_for(timeout=20_000)


def test_mail_appears_by_itself_and_opens_beside_the_list(firm, browser):
    page = browser.sign_in("jana")
    browser.open(page, "/")
    deliver(firm, page, "Lohn Dezember")
    assert "unread" in row(page, "Lohn Dezember").get_attribute("class")
    row(page, "Lohn Dezember").locator(".subj").click()
    page.locator(".conv h1", has_text="Lohn Dezember").wait_for()
    assert page.locator(".list").is_visible()
    assert "unread" not in row(page, "Lohn Dezember").get_attribute("class")
    assert page.locator("article.msg").count() == 1
    browser.check(page)


def test_two_colleagues_see_each_other_and_what_the_other_does(firm, browser):
    jana, yuki = browser.sign_in("jana"), browser.sign_in("yuki")
    browser.open(jana, "/")
    deliver(firm, jana, "Zu zweit")
    row(jana, "Zu zweit").locator(".subj").click()
    jana.locator("[data-conversation]").wait_for()
    browser.open(yuki, jana.url.removeprefix(firm.url))
    jana.locator("#presence", has_text="Yuki").wait_for()
    yuki.locator("#presence", has_text="Jana").wait_for()
    yuki.locator("#note-text").fill("Ich sehe es mir an. @jana")
    jana.locator("#presence .avatar").wait_for()
    yuki.locator("#assigning summary").click()
    yuki.locator("#assigning .menu button").first.click()
    jana.locator("#assigning summary", has_text="Yuki").wait_for()
    yuki.locator("#note-text").fill("Das Formular fehlt noch. @jana")
    yuki.locator(".write-note button").click()
    jana.locator(".msg.note", has_text="Das Formular fehlt noch.").wait_for()
    assert jana.locator(".mention").inner_text() == "@jana"
    browser.check(jana)


def test_a_half_typed_note_and_the_focus_stay_when_others_change_the_page(firm, browser):
    jana, yuki = browser.sign_in("jana"), browser.sign_in("yuki")
    browser.open(jana, "/")
    deliver(firm, jana, "Angefangen")
    row(jana, "Angefangen").locator(".subj").click()
    text = jana.locator("#note-text")
    text.fill("halb")
    browser.open(yuki, jana.url.removeprefix(firm.url))
    yuki.locator("#note-text").fill("dazwischen")
    yuki.locator(".write-note button").click()
    jana.locator(".msg.note", has_text="dazwischen").wait_for()
    assert text.input_value() == "halb"
    assert jana.evaluate("document.activeElement.id") == "note-text"


def test_done_is_for_all_and_can_be_taken_back(firm, browser):
    jana, yuki = browser.sign_in("jana"), browser.sign_in("yuki")
    browser.open(jana, "/")
    browser.open(yuki, "/")
    deliver(firm, jana, "Fertig damit")
    row(yuki, "Fertig damit").wait_for()
    row(jana, "Fertig damit").locator(".subj").click()
    jana.locator("#finish").click()
    jana.locator(".toast", has_text="").first.wait_for()
    until(lambda: row(yuki, "Fertig damit").count() == 0, "done for the colleague")
    browser.check(jana)
    jana.locator(".toast form button").click()
    row(yuki, "Fertig damit").wait_for()
    row(jana, "Fertig damit").wait_for()


def test_snoozed_leaves_the_list_and_stands_under_its_view(firm, browser):
    page = browser.sign_in("jana")
    browser.open(page, "/")
    deliver(firm, page, "Spaeter")
    row(page, "Spaeter").locator(".subj").click()
    page.locator("#snoozing summary").click()
    page.locator("#snoozing .menu button[value=tomorrow]").click()
    page.wait_for_selector(".toast")
    assert row(page, "Spaeter").count() == 0
    browser.open(page, "/?view=snoozed")
    row(page, "Spaeter").wait_for()
    browser.check(page)


def test_many_at_once(firm, browser):
    page = browser.sign_in("jana")
    browser.open(page, "/")
    for subject in ("Stapel eins", "Stapel zwei"):
        deliver(firm, page, subject)
    for subject in ("Stapel eins", "Stapel zwei"):
        row(page, subject).locator(".pick input").check(force=True)
    assert page.locator("#chosen").inner_text() == "2"
    browser.check(page)
    page.locator("#bulk button[value=done]").click()
    page.wait_for_selector(".toast")
    assert row(page, "Stapel").count() == 0
    page.locator(".toast form button").click()
    row(page, "Stapel eins").wait_for()
    row(page, "Stapel zwei").wait_for()


def test_all_of_it_by_keys(firm, browser):
    page = browser.sign_in("jana")
    browser.open(page, "/")
    deliver(firm, page, "Tasten")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.locator(".conv h1", has_text="Tasten").wait_for()
    page.keyboard.press("i")
    page.locator("#assigning summary", has_text="Jana").wait_for()
    row(page, "Tasten").locator(".subj").click()
    page.locator("[data-conversation]").wait_for()
    page.keyboard.press("n")
    page.keyboard.type("per Taste e")
    page.keyboard.press("Control+Enter")
    page.locator(".msg.note", has_text="per Taste e").wait_for()
    page.keyboard.press("?")
    page.locator("dialog#keys[open]").wait_for()
    browser.check(page)
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    until(lambda: row(page, "Tasten").count() == 0, "done by key")
    page.keyboard.press("Control+z")
    row(page, "Tasten").wait_for()
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_url("**/?view=mine")


def test_on_a_phone_the_list_and_the_conversation_are_two_pages(firm, browser):
    page = browser.sign_in("jana", size="phone")
    browser.open(page, "/")
    deliver(firm, page, "Unterwegs")
    browser.check(page)
    page.locator("#selecting").click()
    row(page, "Unterwegs").locator(".subj").click()
    assert page.locator("#chosen").inner_text() == "1"
    page.locator("#selecting").click()
    row(page, "Unterwegs").locator(".subj").click()
    page.locator(".conv h1", has_text="Unterwegs").wait_for()
    assert not page.locator(".list").is_visible()
    browser.check(page)
    page.locator("#finish").click()
    page.wait_for_selector(".toast")
    assert page.locator(".list").is_visible()


def test_without_a_script_everything_still_works(firm, browser):
    live = browser.sign_in("jana")
    browser.open(live, "/")
    deliver(firm, live, "Ohne Skript")
    page = browser.sign_in("jana", javascript=False)
    browser.open(page, "/")
    row(page, "Ohne Skript").locator(".subj").click()
    page.locator("#note-text").fill("   ")
    page.locator(".write-note button").click()
    assert page.locator("#note-wrong").is_visible()
    page.locator("#note-text").fill("ohne")
    page.locator(".write-note button").click()
    page.locator(".msg.note", has_text="ohne").wait_for()
    page.locator("#finish").click()
    assert row(page, "Ohne Skript").count() == 0


def test_every_look(firm, browser):
    browser.every_look("/?view=all", ready=".mail")
