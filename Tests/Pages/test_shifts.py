"""Nothing moves while a page comes: what one was about to click stays where it was."""

from look import until

WATCH = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    window.shifts.push([entry.value, entry.sources.map((one) => one.node && one.node.nodeName + "." + one.node.className)]);
}).observe({type: "layout-shift", buffered: true});
"""


def _shifts(browser, page, path):
    browser.open(page, path)
    page.wait_for_load_state("load")
    # Two frames later everything that was loaded has been drawn.
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 150))))")
    return page.evaluate("window.shifts")


def _still(firm, browser, size, scheme="light"):
    page = browser.sign_in(size=size, scheme=scheme)
    page.add_init_script(WATCH)
    browser.open(page, "/")
    first = page.locator("#rows .subj").first.get_attribute("href")
    for path in ("/", first, "/?q=hofmann", "/accounts/10482/documents", "/accounts/10482/email", "/accounts",
                 "/search?q=hofmann", "/search", "/documents", "/requests", "/held", "/unknown"):
        # What comes in live meanwhile may move something; what moves by itself does so each time.
        seen = [_shifts(browser, page, path)]
        while seen[-1] and len(seen) < 4:
            seen.append(_shifts(browser, page, path))
        assert not seen[-1], f"{path} at {size}: {seen}"


def test_nothing_moves_on_a_desktop(firm, browser):
    _still(firm, browser, "desktop")


def test_nothing_moves_on_a_phone(firm, browser):
    _still(firm, browser, "phone", "dark")


def test_the_watch_is_alive(firm, browser):
    page = browser.sign_in()
    page.add_init_script(WATCH)
    browser.open(page, "/")
    page.evaluate("document.getElementById('rows').style.marginTop = '90px'")
    until(lambda: sum(value for value, _ in page.evaluate("window.shifts")) > 0, "a shift is seen", 10)
