"""The page where clients hand over files, as somebody has it before them on a bad line and a small screen."""

import os

from look import until
from test_clients import enter, folder
from test_links import PDF, ask, file, filed, links, on_disk, send, states


def test_a_slow_line_tells_percent_speed_and_time_left(firm, browser):
    number = ask(firm, "Langsam", "Video")
    own, _ = links(firm, number)
    page = browser.context().new_page()
    page.goto(own + "?language=en")
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": 5, "downloadThroughput": -1, "uploadThroughput": 300 << 10})
    page.set_input_files("#f-file", [file("Langsam.pdf", PDF + os.urandom(2 << 20))])
    seen = set()

    def look():
        text = page.locator(".up small").inner_text()
        seen.add(text)
        return "Received" in text

    until(look, "all of it is there", 90)
    going = [text for text in seen if "/s · about" in text and "left" in text]
    percents = {int(text.split(" %")[0]) for text in going}
    assert len([percent for percent in percents if 0 < percent < 100]) >= 3, seen
    assert any("seconds left" in text for text in going), seen


def test_a_line_on_which_nothing_moves_is_cut_and_goes_on(firm, browser):
    number = ask(firm, "Steht", "Video")
    own, _ = links(firm, number)
    page = browser.context().new_page()
    page.clock.install()
    held = []

    def hold(route):
        if route.request.method == "PATCH" and not held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/tus/**", hold)
    page.goto(own + "?language=en")
    page.set_input_files("#f-file", [file("Steht.pdf", PDF + b"steht")])
    until(lambda: page.locator(".up").count() and held, "a piece is on its way")

    def later():
        page.clock.fast_forward(31_000)
        return page.locator(".up small.ok").count() == 1

    until(later, "it is cut, and goes on by itself", 30)
    assert "Steht.pdf" in filed(firm)


def test_an_item_belongs_to_one_choosing(firm, browser):
    number = ask(firm, "Ein Punkt", "Kontoauszug", "Mietvertrag")
    own, _ = links(firm, number)
    page = browser.context().new_page()
    page.goto(own + "?language=en")
    with page.expect_file_chooser() as choosing:
        page.locator("a[data-item='1']").click()
    choosing.value.set_files([file("eins.pdf", PDF + b"eins")])
    until(lambda: page.locator(".up small.ok").count() == 1, "the first is there")
    assert states(firm, number) == ["received", "open"]
    until(lambda: page.locator(".wants .done").count() == 1, "the list says so")
    # Chosen for the second, and then not.
    with page.expect_file_chooser():
        page.locator("a[data-item='2']").click()
    page.dispatch_event("#f-file", "cancel")
    page.set_input_files("#f-file", [file("zwei.pdf", PDF + b"zwei")])
    until(lambda: page.locator(".up small.ok").count() == 2, "the second is there")
    assert states(firm, number) == ["received", "open"]
    # What is said in the form holds for one choosing, too.
    send(page, file("drei.pdf", PDF + b"drei"), item="Mietvertrag")
    assert states(firm, number) == ["received", "received"]
    assert page.locator("#f-item").input_value() == ""


def test_a_row_says_the_same_after_a_reload(firm, browser):
    number = ask(firm, "Dieselbe Zeile")
    own, _ = links(firm, number)
    for language in ("de", "en", "ja"):
        context = browser.context(timezone_id="Asia/Tokyo", locale="en-US")
        page = context.new_page()
        page.goto(f"{own}?language={language}")
        send(page, file(f"gleich {language}.pdf", PDF + os.urandom(1_234_567)))
        page.set_input_files("#f-file", [file(f"leer {language}.pdf", b"")])
        until(lambda: page.locator(".up small:is(.ok, .wait)").count() == 2, "both are there")
        until(lambda: page.locator(".up progress:not([hidden])").count() == 0, "nothing is on its way")
        before = [row.inner_text() for row in page.locator(".up small").all()]
        page.reload()
        assert [row.inner_text() for row in page.locator(".up small").all()] == before, before
        assert {"de": "1,2\u00a0MB", "en": "1.2\u00a0MB", "ja": "1.2\u00a0MB"}[language] in before[0], before
        assert {"de": "ist leer", "en": "is empty", "ja": "空です"}[language] in before[1], before
        context.close()


def test_names_that_turn_around_are_shown_as_they_are(firm, browser):
    number = ask(firm, "Verdreht")
    own, _ = links(firm, number)
    page = browser.context().new_page()
    page.goto(own)
    send(page, file("Rechnung \u202efdp.exe.jpg", b"\xff\xd8\xff" + os.urandom(500), "image/jpeg"))
    assert page.locator(".up b").inner_text() == "Rechnung fdp.exe.jpg"
    page.reload()
    assert page.locator(".up b").inner_text() == "Rechnung fdp.exe.jpg"
    staff = browser.sign_in("jana", language="en")
    browser.open(staff, f"/requests/{number}")
    assert "\u202e" not in staff.content() and "Rechnung fdp.exe.jpg" in staff.content()
    browser.open(staff, "/held")
    assert "\u202e" not in staff.content()


def test_the_keys_go_through_the_page_as_it_is_read(firm, browser):
    number = ask(firm, "Reihenfolge", "Kontoauszug", "Mietvertrag")
    own, _ = links(firm, number)
    for size in ("phone", "desktop"):
        page = browser.watched(browser.context(size).new_page())
        page.goto(own)
        tops = []
        for _ in range(20):
            page.keyboard.press("Tab")
            place = page.evaluate("""() => document.activeElement.closest("main")
                ? document.activeElement.getBoundingClientRect().top + scrollY : null""")
            if place is None and tops:
                break
            if place is not None:
                tops.append(place)
        assert len(tops) >= 6, tops
        if size == "phone":
            assert all(one <= other + 60 for one, other in zip(tops, tops[1:])), tops
        browser.check(page)


def test_after_a_refusal_the_language_leads_to_the_folder(firm, browser):
    page = enter(firm, browser, javascript=False)
    page.get_by_role("link", name=folder(firm, "edit")).first.click()
    page.locator("form.drop button:not([type=button])").click()
    assert page.locator("[role=alert]").inner_text()
    page.get_by_role("link", name="Deutsch").click()
    assert page.locator("html").get_attribute("lang") == "de"
    assert page.locator("h2#sh").inner_text() == folder(firm, "edit")


def test_a_small_telephone_has_room_for_everything(firm, browser):
    number = ask(firm, "Schmal", "Kontoauszug", "Mietvertrag")
    own, _ = links(firm, number)
    page = enter(firm, browser)
    page.get_by_role("link", name=folder(firm, "edit")).first.click()
    page.set_viewport_size({"width": 320, "height": 640})
    for address in (page.url, own):
        page.goto(address)
        browser.check(page)
        # A name is broken between its words alone.
        lines = page.locator(".firmhead b").evaluate("""name => {
            const all = [];
            const range = document.createRange();
            for (let index = 0; index < name.firstChild.length; index += 1) {
                range.setStart(name.firstChild, index);
                range.setEnd(name.firstChild, index + 1);
                all.push([name.firstChild.data[index], range.getBoundingClientRect().top]);
            }
            return all; }""")
        for (letter, top), (following, below) in zip(lines, lines[1:]):
            assert top == below or letter == " " or following == " ", lines
