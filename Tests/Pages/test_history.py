"""Mail from before the first start: seen by account, filed when the owner says so."""

import contextlib
import pathlib
import re
import signal
import socket
import subprocess
import tempfile

from firm import Commands, mourned
from look import until

BAKERY = "buero@hofmann-brot.example"


@contextlib.contextmanager
def newcomer(firm):
    """A firm that begins today, on the demo's mailbox."""
    with tempfile.TemporaryDirectory(prefix="mailroom-pages-") as folder:
        with socket.create_server(("127.0.0.1", 0)) as free:
            url = f"http://127.0.0.1:{free.getsockname()[1]}"
        text = firm.configuration.read_text()
        for found, instead in [
                (r'history +=.*', 'history = "preview"'), (r'(?m)^data = .*', f'data = "{folder}/data"'),
                (r'(?m)^listen = .*', f'listen = ["{url.removeprefix("http://")}"]'),
                (r'(?m)^public_url = .*', f'public_url = "{url}"'), (r'(?s)\[smtp\].*?(?=\n\[)', "")]:
            text, count = re.subn(found, instead, text)
            assert count == 1, found
        begun = Commands(firm.binary, pathlib.Path(folder) / "mailroom.toml", url)
        begun.configuration.write_text(text)
        begun.run("user", "add", "jana", "--name", "Jana Vogt")
        begun.run("user", "add", "yuki", "--name", "Yuki Tanaka")
        begun.run("account", "add", "Bäckerei Hofmann GmbH", "--number", "10482", "--address", BAKERY)
        process = subprocess.Popen(
            [begun.binary, "-C", str(begun.configuration), "serve"], stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, preexec_fn=mourned)
        try:
            until(lambda: re.search(r"  idle  .* (\d+) of \1\b", begun.run("status", ok=False)), "all mail is read", 60)
            yield begun
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def test_old_mail_is_filed_when_the_owner_says_so(firm, browser):
    with newcomer(firm) as begun:
        desk = browser.at(begun)
        assert begun.json("file", "list") == [], "nothing is filed unasked"
        colleague = desk.sign_in("yuki", language="en")
        desk.open(colleague, "/held")
        row = colleague.locator("#group-history [data-item]")
        assert row.count() == 1 and row.locator("button").count() == 0
        page = desk.sign_in("jana", language="en")
        desk.open(page, "/held")
        desk.check(page)
        row = page.locator("#group-history [data-item]")
        assert "Hofmann" in row.inner_text() and "10482" in row.inner_text()
        row.focus()
        page.keyboard.press("1")
        page.wait_for_selector(".toast")
        assert page.locator("#group-history").count() == 0
        filed = begun.json("file", "list")
        assert filed and {one["account"] for one in filed} == {"10482"}, filed
        desk.every_look("/held", languages=("de",))
