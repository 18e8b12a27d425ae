#!/usr/bin/env python3
"""How fast files come in: 50 uploads of 100 MB at once, into mailroom and into nginx, in turns.

    bench_uploads.py BINARY [--files N] [--size MB] [--rounds N] [--folder FOLDER]

mailroom takes them by tus in pieces of 4 MiB, as a browser sends them, hashes, scans nothing, makes them
durable, files each, and only then says so. nginx takes each by one PUT (dav). Either is followed by one `sync`
for all of them. Both write to FOLDER, /var/tmp unless named, in the same run; who begins changes with each round.
One process of our own sends, without looking at what it sends. Everything is removed again.

Prints medians of both clocks and of the ratios of each round, and the most memory that the daemon had of its
own, without files that are mapped; ends with 1 when a goal is missed. A machine that has other work has no
figures but the ratios.
"""

import argparse
import asyncio
import base64
import contextlib
import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Pages"))

from daemon import Daemon

PIECE = 4 << 20
THROUGHPUT, MEMORY = 0.8, 100
TUS = "Tus-Resumable: 1.0.0\r\n"


class Octets:
    """Files that differ in their first octets, of which only one is on the disk."""

    def __init__(self, folder, size):
        self.size = size
        self.path = pathlib.Path(folder, "octets")
        with self.path.open("wb") as file:
            for _ in range(size >> 20):
                file.write(os.urandom(1 << 20))
        self.file = self.path.open("rb")

    def head(self, number):
        return b"%%PDF-1.7 %015d\n" % number

    async def send(self, loop, line, number, offset, count):
        head = self.head(number)[offset:offset + count]
        if head:
            await loop.sock_sendall(line, head)
        sent = len(head)
        while sent < count:
            # Not asyncio's: that wants a file of its own for each.
            try:
                sent += os.sendfile(line.fileno(), self.file.fileno(), offset + sent, count - sent)
            except BlockingIOError:
                await writable(loop, line)
            except BrokenPipeError:
                # It was refused, and the answer says why.
                raise RuntimeError(await answer(loop, line)) from None


async def writable(loop, line):
    ready = loop.create_future()
    loop.add_writer(line.fileno(), lambda: ready.done() or ready.set_result(None))
    try:
        await ready
    finally:
        loop.remove_writer(line.fileno())


async def connect(loop, port, number):
    line = socket.socket()
    line.setblocking(False)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # As many homes as uploads: one alone may have 64 lines.
    line.bind((f"127.0.2.{number % 250 + 1}", 0))
    await loop.sock_connect(line, ("127.0.0.1", port))
    return line


async def answer(loop, line):
    """Status and fields of an answer, whose content is read and thrown away."""
    got = b""
    while b"\r\n\r\n" not in got:
        piece = await loop.sock_recv(line, 65_536)
        if not piece:
            raise RuntimeError("the line was cut")
        got += piece
    head, _, content = got.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    fields = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
    left = int(fields.get("content-length", 0)) - len(content)
    while left > 0:
        left -= len(await loop.sock_recv(line, left))
    return int(lines[0].split()[1]), fields


async def by_tus(loop, port, path, octets, number):
    line = await connect(loop, port, number)
    host = f"Host: 127.0.0.1:{port}\r\n"
    name = base64.b64encode(b"Film %d.pdf" % number).decode()
    await loop.sock_sendall(line, (
        f"POST {path}/tus HTTP/1.1\r\n{host}{TUS}Upload-Length: {octets.size}\r\n"
        f"Upload-Metadata: filename {name}\r\nContent-Length: 0\r\n\r\n").encode())
    status, fields = await answer(loop, line)
    assert status == 201, status
    place, cookie = fields["location"], fields["set-cookie"].split(";")[0]
    for offset in range(0, octets.size, PIECE):
        count = min(PIECE, octets.size - offset)
        await loop.sock_sendall(line, (
            f"PATCH {place} HTTP/1.1\r\n{host}{TUS}Content-Type: application/offset+octet-stream\r\n"
            f"Cookie: {cookie}\r\nUpload-Offset: {offset}\r\nContent-Length: {count}\r\n\r\n").encode())
        await octets.send(loop, line, number, offset, count)
        status, fields = await answer(loop, line)
        assert status == 204, (status, fields)
    assert "x-sha256" in fields, fields
    line.close()


async def by_put(loop, port, octets, number):
    line = await connect(loop, port, number)
    await loop.sock_sendall(line, (
        f"PUT /film-{number} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {octets.size}\r\n\r\n").encode())
    await octets.send(loop, line, number, 0, octets.size)
    status, _ = await answer(loop, line)
    assert status == 201, status
    line.close()


def processor(pids):
    """Seconds that processes and those they have waited for have worked."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
            total += sum(int(field) for field in fields[11:15])
    return total / os.sysconf("SC_CLK_TCK")


class Memory:
    """The most that a process had of its own, looked at every 20 ms."""

    def __init__(self, pid):
        self.pid, self.own, self.all, self.isOver = pid, 0, 0, False
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def watch(self):
        while not self.isOver:
            with contextlib.suppress(OSError):
                fields = dict(
                    line.split(":", 1) for line in pathlib.Path(f"/proc/{self.pid}/status").read_text().splitlines())
                kilobytes = {name: int(fields[name].split()[0]) for name in ("VmRSS", "RssAnon", "RssShmem")}
                self.own = max(self.own, kilobytes["RssAnon"] + kilobytes["RssShmem"])
                self.all = max(self.all, kilobytes["VmRSS"])
            time.sleep(0.02)

    def end(self):
        self.isOver = True
        self.thread.join()
        return self.own / 1024, self.all / 1024


class Nginx:
    def __init__(self, folder):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="nginx-", dir=folder))
        self.folder.chmod(0o755)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        for name in ("files", "body"):
            (self.folder / name).mkdir()
        config = self.folder / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        config.write_text(f"""
{user} worker_processes 2; pid {self.folder}/pid; error_log {self.folder}/error.log; daemon off;
events {{ worker_connections 512; }}
http {{
  access_log off; client_max_body_size 0; client_body_temp_path {self.folder}/body;
  server {{ listen 127.0.0.1:{self.port}; root {self.folder}/files; location / {{ dav_methods PUT; }} }}
}}""")
        self.process = subprocess.Popen(["nginx", "-c", config, "-p", self.folder], stderr=subprocess.DEVNULL)
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                break
            time.sleep(0.05)
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        self.pids = [self.process.pid, *map(int, children)]

    def empty(self):
        for file in (self.folder / "files").iterdir():
            file.unlink()

    def close(self):
        self.process.terminate()
        self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)


async def all_at_once(send, files):
    await asyncio.gather(*(send(asyncio.get_running_loop(), number) for number in files))


def measure(binary, files=50, megabytes=100, rounds=3, folder="/var/tmp"):
    if not shutil.which("nginx"):
        print("SKIPPED: uploads against nginx: the Debian package nginx is missing")
    work = pathlib.Path(tempfile.mkdtemp(prefix="bench-uploads-", dir=folder))
    daemon = nginx = None
    times = {"mailroom": [], "nginx": []}
    memory = []
    try:
        octets = Octets(work, megabytes << 20)
        daemon = Daemon(binary, work, f"""
[requests]
most_files   = 100000
most_bytes   = "1 TB"
largest_file = "{megabytes} MB"
""")
        daemon.start()
        daemon.run("account", "add", "Film GmbH", "--number", "10001", "--language", "en")
        nginx = Nginx(work) if shutil.which("nginx") else None
        for turn in range(rounds):
            _, link = daemon.link("10001", f"Films {turn}")
            path = urllib.parse.urlsplit(link).path
            numbers = range(turn * files, (turn + 1) * files)

            def ours():
                watch = Memory(daemon.process.pid)
                asyncio.run(all_at_once(
                    lambda loop, number: by_tus(loop, daemon.port, path, octets, number), numbers))
                # Nothing should be left to do, and nobody need believe that.
                subprocess.run(["sync", "-f", daemon.folder], check=True)
                memory.append(watch.end())

            def theirs():
                asyncio.run(all_at_once(lambda loop, number: by_put(loop, nginx.port, octets, number), numbers))
                subprocess.run(["sync", "-f", nginx.folder], check=True)

            turns = [("mailroom", ours, [daemon.process.pid])]
            if nginx:
                turns.append(("nginx", theirs, nginx.pids))
            for name, work_of_it, pids in turns if turn % 2 == 0 else reversed(turns):
                subprocess.run(["sync"], check=True)
                worked, began = processor(pids), time.monotonic()
                work_of_it()
                figures = time.monotonic() - began, processor(pids) - worked
                times[name].append(figures)
                print(f"round {turn + 1}: {name:<9}{figures[0]:7.1f} s, {figures[1]:6.1f} s of a processor", flush=True)
                if name == "nginx":
                    nginx.empty()
        filed = len(daemon.filed("10001"))
        assert filed == rounds * files, f"{filed} files are filed"
    except BaseException:
        if daemon:
            print((daemon.folder / "serve.log").read_text()[-3000:], file=sys.stderr)
        raise
    finally:
        if daemon:
            daemon.close()
        if nginx:
            nginx.close()
        shutil.rmtree(work, ignore_errors=True)
    return times, memory


def main():
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("binary", type=os.path.abspath)
    reader.add_argument("--files", type=int, default=50)
    reader.add_argument("--size", type=int, default=100, help="MB of each")
    reader.add_argument("--rounds", type=int, default=3)
    reader.add_argument("--folder", default="/var/tmp")
    wanted = reader.parse_args()
    times, memory = measure(wanted.binary, wanted.files, wanted.size, wanted.rounds, wanted.folder)
    total = wanted.files * wanted.size
    print(f"\n{'':<12}{'wall s':>10}{'CPU s':>10}{'MB/s':>10}")
    for name, figures in times.items():
        if figures:
            wall, worked = (statistics.median(column) for column in zip(*figures))
            print(f"{name:<12}{wall:>10.1f}{worked:>10.1f}{total / wall:>10.0f}")
    isMet = True
    if times["nginx"]:
        for index, clock in enumerate(("throughput", "throughput per second of a processor")):
            ratio = statistics.median(
                theirs[index] / ours[index] for ours, theirs in zip(times["mailroom"], times["nginx"]))
            goal = f"goal >= {THROUGHPUT}: {'met' if ratio >= THROUGHPUT else 'MISSED'}" if index == 0 else ""
            print(f"{clock}, mailroom to nginx: {ratio:.2f} {goal}")
            isMet = isMet and (index > 0 or ratio >= THROUGHPUT)
    own, everything = max(own for own, _ in memory), max(everything for _, everything in memory)
    print(
        f"memory of the daemon: {own:.0f} MB of its own, {everything:.0f} MB with the program; "
        f"goal <= {MEMORY} MB: {'met' if own <= MEMORY else 'MISSED'}")
    print(f"load at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    sys.exit(0 if isMet and own <= MEMORY else 1)


if __name__ == "__main__":
    main()
