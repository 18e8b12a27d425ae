"""What staff say of changes on the disk that nobody else can make sense of."""

import json
import os
import pathlib
import shutil
import subprocess

from daemon import Daemon
from firm import Commands, Skip
from look import looks, until

HOME, AWAY = "10001 Film GmbH", "10002 Kino KG"
SHARED = "Shared with client"


class Disk(Daemon):
    """A firm whose staff edit documents in place."""

    login_link = Commands.login_link

    def __init__(self, binary):
        super().__init__(binary)
        text = self.config.read_text()
        self.config.write_text(text.replace("[storage]", '[storage]\ndocuments = "copies"'))
        self.tree = self.folder / "data/documents"

    def start_in(self, *words):
        """With less than a daemon has by right: what these words leave it."""
        plain, wrapper = self.binary, self.folder / "mailroom"
        wrapper.write_text("#!/bin/sh\nexec " + " ".join(words) + f" '{plain}' \"$@\"\n")
        wrapper.chmod(0o755)
        self.binary = str(wrapper)
        try:
            return self.start()
        finally:
            self.binary = plain

    def problems(self):
        done = subprocess.run(
            [self.binary, "-C", self.config, "status", "--json"], capture_output=True, text=True, timeout=60)
        return json.loads(done.stdout)["problems"]

    def begin(self, count):
        """Two accounts, the first with so many documents."""
        self.start()
        self.run("user", "add", "jana", "--name", "Jana Vogt", "--role", "owner")
        self.run("account", "add", "Film GmbH", "--number", "10001", "--language", "en")
        self.run("account", "add", "Kino KG", "--number", "10002", "--language", "en")
        until(lambda: (self.tree / AWAY / SHARED).is_dir(), "the folders are there")
        for number in range(count):
            path = self.tree / HOME / ("Internal" if number % 3 else "Internal/Belege 2026") / f"Rechnung {number:02}.csv"
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"Konto;Saldo\n{number};1\n")
        until(lambda: len(self.filed("10001")) == count, "all of it is taken in", 60)
        return self

    def lose(self, names="*.csv"):
        """Puts documents where nobody finds them; how many."""
        away = self.folder / "away"
        away.mkdir(exist_ok=True)
        found = list((self.tree / HOME / "Internal").rglob(names))
        for path in found:
            shutil.move(path, away / path.name)
        return len(found)

    def there(self):
        return len(list((self.tree / HOME).rglob("*.csv")))


def disk(binary, count):
    return Disk(binary).begin(count)


def test_many_that_are_gone_are_shown_put_back_and_put_into_the_trash(binary, browser):
    firm = disk(binary, 33)
    try:
        browser = browser.at(firm)
        page = browser.sign_in("jana", language="en")
        browser.open(page, "/disk")
        assert "All is well on the disk" in page.locator("main").inner_text()
        browser.check(page)
        # The open page renews itself.
        count = firm.lose("Rechnung 0*.csv") + firm.lose("Rechnung 1*.csv") + firm.lose("Rechnung 2*.csv")
        card = page.locator(".card.held")
        card.wait_for(timeout=30_000)
        assert f"{count} documents are gone from the disk" in card.inner_text()
        assert page.locator("#rail a[href='/disk'] .n").inner_text() == "1"
        assert card.locator(".held-files li").count() == 8
        card.locator("a", has_text=f"Show all {count}").click()
        until(lambda: card.locator(".held-files li").count() == count, "all are shown")
        browser.check(page)
        pictures(browser, "gone")
        # The inbox leads here.
        browser.sign_in("jana", language="en")
        browser.open(page, "/")
        page.locator(".mail", has_text="Film GmbH").first.locator(".subj").click()
        page.locator(".event a", has_text="Documents are gone").click()
        page.wait_for_url("**/disk")
        card.locator("button", has_text="Put them back").click()
        page.wait_for_selector(".toast[data-seconds]")
        assert firm.there() == 33 and len(firm.filed("10001")) == 33
        assert "All is well on the disk" in page.locator("main").inner_text()
        # So many go to the trash only after a second question, and come back from there.
        firm.lose()
        card.wait_for(timeout=30_000)
        until(lambda: "33 documents are gone" in card.inner_text(), "all are missed", 30)
        card.locator("a", has_text="Move them to the trash").click()
        assert "33 documents of Film GmbH go to the trash" in page.locator("main").inner_text()
        browser.check(page)
        page.locator("button.danger").click()
        page.wait_for_selector(".toast[data-seconds]")
        assert firm.filed("10001") == {}
        page.locator(".toast form button").click()
        until(lambda: len(firm.filed("10001")) == 33 and firm.there() == 33, "all are back", 30)
    finally:
        browser.forget()
        firm.close()


def test_without_a_script_and_asked_again_later(binary, browser):
    firm = disk(binary, 6)
    try:
        browser = browser.at(firm)
        page = browser.sign_in("jana", javascript=False, language="de")
        shutil.move(firm.tree / HOME, firm.folder / "away")
        card = page.locator(".card.held")

        def asked():
            browser.open(page, "/disk")
            return card.count() == 1

        until(asked, "staff are asked", 30)
        assert "6 Dokumente fehlen auf der Festplatte" in card.inner_text()
        card.locator("button", has_text="Morgen wieder fragen").click()
        assert page.locator("#group-later .disk-later").count() == 1
        assert page.locator("#rail a[href='/disk'] .n").count() == 0
        page.locator("button", has_text="Jetzt beantworten").click()
        # A colleague was faster: nothing is done twice.
        other = browser.sign_in("jana", javascript=False)
        browser.open(other, "/disk")
        card.locator("button", has_text="In den Papierkorb").click()
        assert page.locator(".toast").first.inner_text().startswith("In den Papierkorb gelegt")
        other.locator("button", has_text="Zurücklegen").click()
        assert "Inzwischen hat sich etwas geändert" in other.locator("main").inner_text()
        page.locator(".toast form button").click()
        until(lambda: firm.there() == 6, "all are back", 30)
    finally:
        browser.forget()
        firm.close()


def test_another_clients_document_waits_until_staff_say_whose_it_is(binary, browser):
    firm = disk(binary, 4)
    try:
        browser = browser.at(firm)
        page = browser.sign_in("jana", language="en")
        source = firm.tree / HOME / "Internal"
        shutil.move(source / "Rechnung 01.csv", firm.tree / AWAY / SHARED / "Rechnung 01.csv")
        shutil.copy(source / "Rechnung 02.csv", firm.tree / AWAY / SHARED / "Kopie.csv")
        browser.open(page, "/disk")
        cards = page.locator("#group-strays .card.held")
        until(lambda: cards.count() == 2, "staff are asked of both", 30)
        assert firm.filed("10002") == {}
        browser.check(page)
        pictures(browser, "strays")
        browser.sign_in("jana", language="en")
        page.reload()
        moved = cards.filter(has_text="no longer there")
        moved.locator("a", has_text="Belongs to Kino KG").click()
        assert "Kino KG can see 1 of them" in page.locator("main").inner_text()
        browser.check(page)
        page.locator("a.btn", has_text="Cancel").click()
        moved.locator("button", has_text="Back to Film GmbH").click()
        page.wait_for_selector(".toast[data-seconds]")
        assert set(firm.filed("10001")) == {f"Rechnung 0{number}.csv" for number in range(4)}
        assert not (firm.tree / AWAY / SHARED / "Rechnung 01.csv").exists()
        until(lambda: (source / "Rechnung 01.csv").exists(), "it is back")
        cards.locator("a", has_text="Belongs to Kino KG").click()
        page.locator("button.danger").click()
        page.wait_for_selector(".toast[data-seconds]")
        assert set(firm.filed("10002")) == {"Kopie.csv"}
        assert cards.count() == 0
        # What is told, and asks nothing.
        (firm.tree / HOME / "lose.txt").write_text("x")
        page.locator("#group-told .card", has_text="lose.txt").wait_for(timeout=30_000)
        pictures(browser, "told")
    finally:
        browser.forget()
        firm.close()


def test_where_the_kernel_watches_no_more_directories_all_is_looked_at_and_it_is_said(binary, browser):
    if subprocess.run(["unshare", "-Ur", "true"], capture_output=True).returncode != 0:
        raise Skip("this system gives nobody a user namespace, and so no limit of its own")
    firm = disk(binary, 2)
    try:
        firm.end()
        (firm.tree / AWAY / SHARED / "neu.csv").write_text("x;1\n")
        # The numbers of one account's directories would do for none of the other's.
        firm.start_in("unshare", "-Ur", "sh", "-c", "'echo 3 > /proc/sys/user/max_inotify_watches; exec \"$0\" \"$@\"'")
        until(lambda: "neu.csv" in firm.filed("10002"), "the first look finds what was changed", 30)
        until(lambda: any("fs.inotify.max_user_watches" in words for words in firm.problems()), "it is said", 30)
        log = (firm.folder / "serve.log").read_text()
        assert "No space left on device" in log and "sysctl fs.inotify.max_user_watches" in log, log
        assert log.count("seen once an hour") == 1, log
        page = browser.at(firm).sign_in("jana", language="en")
        browser.at(firm).open(page, "/disk")
        assert "Changes are seen once an hour only" in page.locator("#group-told").inner_text()
    finally:
        browser.forget()
        firm.close()


def test_a_file_that_nobody_may_read_is_told_of_and_comes_in_when_it_may_be_read(binary):
    drop = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-dac_override,-dac_read_search"]
    if os.geteuid() == 0 and subprocess.run([*drop, "true"], capture_output=True).returncode != 0:
        raise Skip("root reads everything here, and gives that up for nobody")
    firm = disk(binary, 2)
    try:
        firm.end()
        firm.start_in(*(drop if os.geteuid() == 0 else []))
        closed = firm.tree / HOME / "Internal/closed.csv"
        closed.touch(0o000)
        open_one = firm.tree / HOME / "Internal/open.csv"
        open_one.write_text("x;1\n")
        told = lambda: [one for one in firm.json("file", "disk") if one["kind"] == "closed"]
        until(told, "it is told of", 30)
        assert told()[0]["path"] == f"{HOME}/Internal/closed.csv"
        until(lambda: "open.csv" in firm.filed("10001"), "nobody is kept waiting", 30)
        closed.chmod(0o600)
        closed.write_text("now;1\n")
        until(lambda: "closed.csv" in firm.filed("10001") and not told(), "it comes in", 30)
    finally:
        firm.close()


def pictures(browser, name):
    """The page in every language, at a desk and on a phone, by day and by night; kept where MAILROOM_PICTURES says."""
    folder = os.environ.get("MAILROOM_PICTURES")
    if not folder:
        browser.every_look("/disk", ready=".card.held")
        return
    for language, size, scheme in looks():
        browser.firm.run("user", "edit", "jana", "--language", language)
        page = browser.sign_in("jana", size, scheme)
        browser.open(page, "/disk")
        page.wait_for_selector(".card.held")
        browser.check(page)
        page.screenshot(path=pathlib.Path(folder) / f"disk-{name}-{language}-{size}-{scheme}.png", full_page=True)
        page.context.close()
