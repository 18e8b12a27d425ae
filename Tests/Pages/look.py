"""A browser that looks closely: whatever it shows must fit, be silent and be fit for everybody."""

import copy
import os
import re
import subprocess
import tempfile
import time

from axe_playwright_python.sync_playwright import Axe

SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
# What is wider than the part of the page that it is in, where that part scrolls up and down and not aside.
STICKING_OUT = """() => [...document.querySelectorAll("*")].filter((box) => {
    const style = getComputedStyle(box);
    return /auto|scroll/.test(style.overflowY) && !["PRE", "TEXTAREA", "SELECT"].includes(box.tagName)
        && box.clientWidth > 0 && box.scrollWidth > box.clientWidth + 1;
}).filter((box) => !box.matches(SIDEWAYS)).map((box) => {
    const edge = box.getBoundingClientRect().right;
    const out = [...box.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > edge + 1);
    return `${box.tagName}.${box.className} is ${box.scrollWidth - box.clientWidth} px too wide: `
        + out.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)).join(" ");
})""".replace("SIDEWAYS", repr(".tabs, .tree, .conv-bar, .atts, .scroll, .scroll *"))
# How far the document scrolls below the end of what is in it.
BLANK = """() => document.documentElement.scrollHeight
    - Math.max(innerHeight, Math.ceil(document.body.getBoundingClientRect().bottom + scrollY))"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def looks(languages=("de", "en", "ja")):
    """Each language at a desk and on a phone, for words have widths; each size by day and by night, for those have
    colours. A language at both times is the same again: that is done where MAILROOM_LOOKS is `all`."""
    every = os.environ.get("MAILROOM_LOOKS") == "all" or len(languages) == 1
    for number, language in enumerate(languages):
        for place, size in enumerate(SIZES):
            for time_of_day, scheme in enumerate(("light", "dark")):
                if every or (number + place) % 2 == time_of_day:
                    yield language, size, scheme


class Browser:
    """Debian's Chromium; every page it opens is watched."""

    def __init__(self, driver, firm):
        self.chromium = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        self.firm = firm
        self.contexts = []
        self.states = {}

    def at(self, firm):
        """The same Chromium before another firm's pages."""
        other = copy.copy(self)
        other.firm, other.states = firm, {}
        return other

    def context(self, size="desktop", scheme="light", javascript=True, **more):
        width, height = SIZES[size]
        phone = {"is_mobile": True, "has_touch": True, "device_scale_factor": 2} if size == "phone" else {}
        context = self.chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=javascript,
            **phone, **more)
        self.contexts.append(context)
        return context

    def sign_in(self, login="jana", size="desktop", scheme="light", javascript=True, language=None):
        """A page of somebody who is signed in; one link serves all further pages of the same person."""
        if language:
            self.firm.run("user", "edit", login, "--language", language)
        if login not in self.states:
            context = self.context()
            page = context.new_page()
            page.goto(self.firm.login_link(login))
            page.locator("main button.primary").click()
            page.wait_for_url(re.compile(r"/(\?.*)?$"))
            self.states[login] = context.storage_state()
        return self.watched(self.context(size, scheme, javascript, storage_state=self.states[login]).new_page())

    def watched(self, page):
        page.complaints = []
        page.on("console", lambda line: line.type == "error" and page.complaints.append(f"{line.text} {line.location}"))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    def open(self, page, path):
        return page.goto(self.firm.url + path)

    def check(self, page, axe=True):
        """Nothing sticks out, nobody complained, and axe finds nothing."""
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{page.url} is {wide} px too wide"
        assert not (out := page.evaluate(STICKING_OUT)), f"{page.url}: {out}"
        blank = page.evaluate(BLANK)
        assert blank <= 1, f"{page.url} scrolls {blank} px below its end"
        assert not page.complaints, f"{page.url}: {page.complaints}"
        if axe:
            found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
            words = [f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found]
            assert not found, f"{page.url}: " + "\n".join(words)

    def photographed(self, picture):
        """What a telephone's camera reads in a QR code."""
        picture.scroll_into_view_if_needed()
        with tempfile.NamedTemporaryFile(suffix=".png") as file:
            picture.screenshot(path=file.name)
            read = subprocess.run(["zbarimg", "--raw", "--quiet", file.name], capture_output=True, text=True)
        return read.stdout.strip()

    def every_look(self, path, login="jana", languages=("de", "en", "ja"), ready=None):
        """The page in each language, by day and by night, at a desk and on a phone."""
        spoken = None
        for language, size, scheme in looks(languages):
            if language != spoken:
                self.firm.run("user", "edit", login, "--language", language)
                spoken = language
            page = self.sign_in(login, size, scheme)
            self.open(page, path)
            if ready:
                page.wait_for_selector(ready)
            self.check(page)
            assert page.locator("html").get_attribute("lang") == language
            page.context.close()

    def keep(self, path):
        """What the open pages show now: for whoever looks into a failure."""
        for number, page in enumerate(page for context in self.contexts for page in context.pages):
            try:
                page.screenshot(path=f"{path}-{number}.png", full_page=True)
            except Exception as error:
                print(f"no picture of {page.url}: {error}")

    def forget(self):
        for context in self.contexts:
            context.close()
        self.contexts = []

    def close(self):
        self.chromium.close()


def until(condition, what, seconds=10):
    """Waits until something holds; says what did not."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds} s: {what}")
