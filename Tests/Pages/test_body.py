"""What a message says: a frame that fits and asks nobody, text with quotes folded, a header to read."""

import time

PAGE = """<style>p { color: #14624c } body { font-family: Georgia }</style>
<h1>Rechnung</h1><p>Guten Tag, anbei die Rechnung.</p><script>document.title = 'ran'</script>
<img src="https://tracker.example/pixel.gif" width="1" height="1" alt="">
<img src="https://pictures.example/logo.png" alt="Logo"><p><a href="https://client.example/pay">Bezahlen</a></p>
<div style="position:fixed;inset:0;background:red">cover</div>""" + "<p>Zeile</p>" * 60


def arrived(firm, subject):
    """The number of a message, once it is recorded."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        for message in firm.json("message", "list"):
            if message["subject"] == subject:
                return message["id"]
        time.sleep(0.1)
    raise AssertionError(f"{subject} did not arrive")


def strangers(page):
    """The requests of a page that leave for somebody else."""
    asked = []
    page.on("request", lambda one: "127.0.0.1" in one.url or "localhost" in one.url or one.url.startswith("data:") or asked.append(one.url))
    return asked


def test_a_mails_page_shows_itself_and_asks_nobody(firm, browser):
    firm.deliver("Eine Seite", "nur Text", html=PAGE)
    number = arrived(firm, "Eine Seite")
    page = browser.sign_in()
    asked = strangers(page)
    # Asked for because the frame's document stands alone here.
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    browser.open(page, f"/m/{number}/body")
    assert page.title() == "Eine Seite"
    assert page.locator("h1").inner_text() == "Rechnung"
    assert page.locator("p").first.evaluate("one => getComputedStyle(one).color") == "rgb(20, 98, 76)"
    assert page.locator("text=cover").evaluate("one => getComputedStyle(one).position") == "static"
    assert page.locator("a").get_attribute("rel") == "noopener noreferrer nofollow"
    assert not asked, asked
    browser.check(page, axe=False)
    browser.open(page, f"/m/{number}/body?pictures=1")
    assert asked == ["https://pictures.example/logo.png"], asked


def test_the_header_of_a_message_is_a_page(firm, browser):
    firm.deliver("Kopfzeilen", "Text")
    number = arrived(firm, "Kopfzeilen")
    browser.every_look(f"/m/{number}/headers", ready="pre.mailheader")
