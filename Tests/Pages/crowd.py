"""Many open pages of a firm's inbox at once, as their browsers keep them: without the browsers.

Each page has a session, a line for events, and, when it hears that the inbox changed, asks for its
regions anew and goes on listening: what live.js does, as it does it.
"""

import asyncio
import concurrent.futures
import http.client
import os
import pathlib
import re
import resource
import statistics
import time
import urllib.parse

from wire import ExistsWatcher

REGIONS = "rail tabs rows"


def sign_in(firm, login):
    """The cookie of a new member of staff."""
    said = firm.run("user", "add", login, "--name", login.capitalize(), "--email", f"{login}@firm.example")
    link = urllib.parse.urlsplit(re.search(r"http://\S+", said).group(0))
    connection = http.client.HTTPConnection(link.netloc, timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    connection.request("POST", link.path, "", headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 303:
        raise RuntimeError(f"{login} could not sign in: {answer.status}")
    return answer.headers["Set-Cookie"].split(";")[0]


class Line:
    """One connection to the daemon, kept; each person comes from an address of their own."""

    def __init__(self, crowd, seat):
        self.host, self.port = crowd.host, crowd.port
        self.cookie, self.own = crowd.cookies[seat], f"127.0.1.{seat + 1}"
        self.reader = self.writer = None

    async def ask(self, path, more=""):
        """Asks, and reads the fields of the answer."""
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(
                self.host, self.port, local_addr=(self.own, 0))
        self.writer.write(
            f"GET {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nCookie: {self.cookie}\r\n"
            f"Accept-Encoding: gzip\r\nAccept: */*\r\n{more}\r\n".encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(head.split(" ", 2)[1])
        return status, dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:-2])

    async def get(self, path, more=""):
        """A whole answer: its status, and how many octets. Once more where the server had closed."""
        for again in (True, False):
            try:
                status, fields = await self.ask(path, more)
                octets = await self.reader.readexactly(int(fields.get("content-length", "0")))
                if fields.get("connection") == "close":
                    self.close()
                return status, len(octets)
            except (asyncio.IncompleteReadError, ConnectionError):
                self.close()
                if not again:
                    raise

    def close(self):
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None


class OpenPage:
    """One page: when it heard of each change, and when it showed it."""

    def __init__(self, crowd, seat):
        self.crowd = crowd
        self.events, self.regions = Line(crowd, seat), Line(crowd, seat)
        self.heard, self.shown, self.octets = [], [], 0
        self.isWaiting, self.renewing = False, None

    async def live(self):
        status, _ = await self.events.ask("/events")
        if status != 200:
            raise RuntimeError(f"no line for events: {status}")
        self.crowd.count += 1
        name = ""
        # The lines of the transfer coding, between those of the events, are no fields.
        while octets := await self.events.reader.readline():
            line = octets.decode().rstrip("\r\n")
            if line.startswith("event: "):
                name = line[7:]
            elif line.startswith("data: ") and name == "change" and "inbox" in line[6:].split(" "):
                self.hear()
        raise RuntimeError("the line for events was closed")

    def hear(self):
        self.heard.append(time.time())
        self.isWaiting = True
        if self.renewing is None or self.renewing.done():
            self.renewing = asyncio.ensure_future(self.renew())

    async def renew(self):
        while self.isWaiting:
            self.isWaiting = False
            began = time.monotonic()
            status, octets = await self.regions.get("/", f"x-part: {REGIONS}\r\n")
            if status != 200:
                raise RuntimeError(f"the regions of a page: {status}")
            self.octets += octets
            self.shown.append(time.time())
            await asyncio.sleep(min(5, max(0.25, 2 * (time.monotonic() - began))))


class Crowd:
    """The pages, in a loop of their own."""

    def __init__(self, firm, count, each=20):
        place = urllib.parse.urlsplit(firm.url)
        self.host, self.port, self.count = place.hostname, place.port, 0
        self.firm, self.wanted = firm, count
        self.cookies = [sign_in(firm, f"staff{number:02}") for number in range((count + each - 1) // each)]
        self.pages = []

    async def open(self):
        """All of them, each listening."""
        self.pages = [OpenPage(self, number % len(self.cookies)) for number in range(self.wanted)]
        self.lives = [asyncio.ensure_future(page.live()) for page in self.pages]
        while self.count < self.wanted:
            self.look()
            await asyncio.sleep(0.01)

    async def change(self, deed, seconds=60):
        """Has something changed, and waits until every page shows it.

        Of each page the moments when it heard of it first, and when it had shown all it heard of.
        """
        before = [(len(page.heard), len(page.shown)) for page in self.pages]
        await asyncio.get_running_loop().run_in_executor(None, deed)
        end = time.monotonic() + seconds
        while any(
            len(page.heard) == heard or page.isWaiting or not page.renewing.done()
            for page, (heard, _) in zip(self.pages, before)
        ):
            self.look()
            if time.monotonic() > end:
                deaf = sum(len(page.heard) == heard for page, (heard, _) in zip(self.pages, before))
                raise RuntimeError(f"after {seconds} s {deaf} of {len(self.pages)} pages have heard nothing")
            await asyncio.sleep(0.02)
        return [(page.heard[heard], page.shown[-1]) for page, (heard, _) in zip(self.pages, before)]

    def look(self):
        """A page that has failed fails the whole."""
        for task in self.lives + [page.renewing for page in self.pages if page.renewing]:
            if task.done() and task.exception():
                raise task.exception()

    async def close(self):
        for task in self.lives:
            task.cancel()
        await asyncio.gather(*self.lives, return_exceptions=True)
        for page in self.pages:
            page.events.close()
            page.regions.close()

    def figure(self, name):
        """A figure of the daemon's /proc/PID/status: VmRSS in KB, Threads."""
        text = pathlib.Path(f"/proc/{self.firm.process.pid}/status").read_text()
        return int(re.search(rf"^{name}:\s+(\d+)", text, re.M).group(1))

    def processor(self):
        """Seconds of processor time that the daemon has used."""
        fields = pathlib.Path(f"/proc/{self.firm.process.pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def percentile(figures, share):
    return sorted(figures)[min(len(figures) - 1, int(len(figures) * share))]


async def watch(crowd, watcher, firm, deliveries):
    """The figures of a crowd, in milliseconds and MB."""
    before = crowd.figure("VmRSS")
    await crowd.open()
    opened = crowd.figure("VmRSS")
    heard, spread, shown, most, used = [], [], [], opened, crowd.processor()
    for number in range(deliveries):
        told = len(watcher.moments)
        moments = await crowd.change(lambda: firm.deliver(f"Takt {number:03}", "Guten Tag, anbei die Unterlagen."))
        while len(watcher.moments) == told:
            await asyncio.sleep(0.01)
        first = min(moment for moment, _ in moments)
        exists = watcher.moments[told]
        heard += [(moment - exists) * 1000 for moment, _ in moments]
        spread += [(moment - first) * 1000 for moment, _ in moments]
        shown += [(last - moment) * 1000 for moment, last in moments]
        most = max(most, crowd.figure("VmRSS"))
    threads, used, renewed = crowd.figure("Threads"), crowd.processor() - used, sum(len(page.shown) for page in crowd.pages)
    await crowd.close()
    return {
        "pages": len(crowd.pages), "deliveries": deliveries, "threads": threads,
        "memory_before": before / 1024, "memory_open": opened / 1024, "memory_most": most / 1024,
        "heard": statistics.median(heard), "heard_99": percentile(heard, 0.99),
        "spread": statistics.median(spread), "spread_99": percentile(spread, 0.99),
        "shown": statistics.median(shown), "shown_99": percentile(shown, 0.99),
        "octets": sum(page.octets for page in crowd.pages) / renewed,
        "renewals": renewed / len(crowd.pages) / deliveries, "processor": used * 1000 / renewed,
    }


def measured(firm, pages, deliveries):
    """The figures of so many pages of a firm."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4 * pages + 256)), hard))
    watcher = ExistsWatcher(firm)
    try:
        crowd = Crowd(firm, pages)
        # In a thread of its own: where a browser is driven, this one has a loop already.
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            return pool.submit(lambda: asyncio.run(watch(crowd, watcher, firm, deliveries))).result()
    finally:
        watcher.close()
