#!/usr/bin/env python3
"""A stranger's HTML in a real Chromium: what it runs, what it asks for, and what leaves its place.

Each protection is tried alone and both together, and none at all beside them, so that the test is known
to be alive:

    box     what the sanitiser gives, in a page of ours, without frame or policy
    frame   the mail as it came, in the frame with its policy
    both    what the sanitiser gives, in the frame: what staff see
    none    the mail as it came, in a page of ours

    Tests/Pages/test_xss.py [FOLDER WITH MailPages]      by itself: prints the table, exits 1 if it is not 0
"""

import collections
import email
import email.policy
import http.server
import json
import os
import pathlib
import re
import socketserver
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("MAILROOM_SHARED", ROOT.parent / "shared"))
CORPUS = SHARED / "corpus"
MODES = ["box", "frame", "both", "none"]
SANDBOX = "allow-same-origin allow-popups allow-popups-to-escape-sandbox"
# Frames of a page; without protection one of them may take the page away from the others.
AT_ONCE = {"box": 30, "frame": 30, "both": 30, "none": 8}

# Those that got around sanitisers: another reading of the same octets, the second time.
OWN = [
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<svg><desc><noscript><![CDATA[</noscript><img src=x onerror=alert(1)>]]>',
    "<math><annotation-xml encoding=text/html><style><img src=x onerror=alert(1)></style>",
    "<select><template><style><!--</style><img src=x onerror=alert(1)>--></template></select>",
    "<textarea><style></textarea><img src=x onerror=alert(1)></style>",
    "<xmp><p id=\"</xmp><img src=x onerror=alert(1)>\"></xmp>", "<plaintext><script>alert(1)</script>",
    "<title><a title='</title><img src=x onerror=alert(1)>'>", "<iframe srcdoc='<script>parent.alert(1)</script>'>",
    "<style>@import 'https://t.example/a.css';p{background:url(https://t.example/b)}</style><p>x",
    "<p style=\"background:u\\72 l(https://t.example/c)\">x", "<link rel=preconnect href=https://t.example>",
    "<link rel=stylesheet href=https://t.example/d.css>", "<video poster=https://t.example/e.png>",
    "<img srcset='https://t.example/f 1x'>", "<body background=https://t.example/g>",
    "<input type=image src=https://t.example/h>", "<table background=https://t.example/i><td>x</table>",
    "<li><div><form><li>x</form></div></li></div></div></div><p id=after style='display:none'>",
    "</div></div></div></main></body></html><p id=before>covered</p>",
    "<div style='position:fixed;inset:0;z-index:9;background:red'>x</div>",
    "<style>#after,#before,*{display:none!important}</style>x",
    "<style>body ~ *, body + p, ~ p {display:none}.mailbody ~ p{display:none}</style>x",
    "<p style='margin-top:-5000px;height:9000px;width:9000px;background:red'>x",
    "<p style='transform:translate(-500px,-500px) scale(99)'>x", "<base href=https://t.example/><img src=j>",
    "<meta http-equiv=refresh content='0;url=https://t.example/k'>", "<img name=body><form id=location name=cookie>",
    "<a href='javascript:alert(1)' id=x>x</a>", "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<script>document.body.innerHTML='gone'</script>", "<script>top.location='https://t.example/l'</script>",
    "<details open ontoggle=alert(1)>x", "<marquee onstart=alert(1)>x", "<audio src=https://t.example/m autoplay>",
]


def vectors():
    """Everything hostile or merely HTML in the corpus, once each."""
    found = {}

    def add(text):
        if text and text.strip() and len(text) < 300_000 and "\0" not in text:
            found.setdefault(text, None)

    for text in OWN:
        add(text)
    for name in ["h5sc", "mganss-htmlsanitizer"]:
        for one in json.loads((CORPUS / "_vectors" / f"{name}.json").read_text()):
            add(one["payload"])
    for text in json.loads((CORPUS / "minimaxir+big-list-of-naughty-strings/blns.json").read_text()):
        if "<" in text:
            add(text)
    for path in sorted((CORPUS / "mozilla+bleach/tests/data").glob("*.test")):
        add(path.read_text(errors="replace").split("\n--\n")[0])
    for folder in ["owasp+java-html-sanitizer", "mganss+htmlsanitizer"]:
        for path in sorted((CORPUS / folder).rglob("*.html")):
            add(path.read_text(errors="replace"))
    for line in (CORPUS / "MANIFEST.tsv").read_text().splitlines()[1:]:
        fields = line.split("\t")
        path = CORPUS / fields[8]
        if fields[7] not in ("eml", "bounce") or not path.is_file() or path.stat().st_size > 2_000_000:
            continue
        octets = path.read_bytes()
        if b"text/html" not in octets.lower():
            continue
        try:
            for part in email.message_from_bytes(octets, policy=email.policy.compat32).walk():
                if part.get_content_type() == "text/html":
                    raw = part.get_payload(decode=True) or b""
                    add(raw.decode("utf-8", "replace"))
        except Exception:  # a mail that Python cannot read has nothing to show here
            continue
    return list(found)


class Pages:
    """The mails of one run, as each mode shows them."""

    def __init__(self, tool):
        self.raw = vectors()
        self.headers = collections.defaultdict(list)
        for line in subprocess.check_output([tool, "headers"], text=True).splitlines():
            of, name, value = line.split("\t")
            self.headers[of].append((name, value))
        given = b"".join(one.encode("utf-8", "replace") + b"\0" for one in self.raw)
        made = {form: subprocess.run([tool, form], input=given, stdout=subprocess.PIPE, check=True).stdout for form in ("box", "frame")}
        self.made = {form: octets.decode().split("\0")[:-1] for form, octets in made.items()}
        assert all(len(texts) == len(self.raw) for texts in self.made.values()), "one page for each mail"

    def page(self, mode, number):
        if mode == "both":
            return self.made["frame"][number]
        inner = self.made["box"][number] if mode == "box" else self.raw[number]
        if mode == "frame":
            return "<!DOCTYPE html><html><head><meta charset=utf-8></head><body>" + inner
        return (
            "<!DOCTYPE html><html><head><meta charset=utf-8><title>ours</title></head><body>"
            '<p id="before">before</p>' + inner + '<p id="after">after</p></body></html>'
        )

    def batch(self, mode, start):
        sandbox = f' sandbox="{SANDBOX}"' if mode in ("frame", "both") else ""
        frames = "".join(
            f'<p class="mark">mark</p><iframe id="f{n}" width=500 height=200{sandbox} src="/case/{mode}/{n}"></iframe>'
            for n in range(start, min(start + AT_ONCE[mode], len(self.raw)))
        )
        return f"<!DOCTYPE html><html><head><title>ours</title></head><body>{frames}</body></html>"


def serve(pages):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            found = re.fullmatch(r"/(case|batch)/(\w+)/(\d+)", self.path)
            text = "" if not found else getattr(pages, "page" if found[1] == "case" else "batch")(found[2], int(found[3]))
            octets = text.encode("utf-8", "replace")
            self.send_response(200 if found else 404)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-length", str(len(octets)))
            if found and found[1] == "case" and found[2] in ("frame", "both"):
                for name, value in pages.headers["frame"]:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(octets)

        do_POST = do_GET

        def log_message(self, *words):
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *words):  # a browser that has gone on does not wait for the rest
            pass

    return started(Server(("127.0.0.1", 0), Handler))


def started(server):
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def sink():
    """Where every other address of the world leads: it counts who comes."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            self.request.settimeout(2)
            try:
                first = self.request.recv(2000)
            except OSError:
                first = b""
            # To where a link under the pointer leads Chromium opens a line of its own accord, and says nothing.
            if not first:
                return
            names = re.findall(rb"[a-z0-9-]+(?:\.[a-z0-9-]+)+", first)
            server.seen.append(b" ".join(names[:2]).decode("ascii", "replace") or f"{len(first)} octets")

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    server = Server(("127.0.0.1", 0), Handler)
    server.seen = []
    return started(server)


# What a script that runs most likely does, told to us; and every event that a handler waits for.
HOOKS = """for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
  window[name] = function () { try { window.ranScript(location.pathname) } catch {} };"""

PROVOKE = """() => {
  for (const frame of document.querySelectorAll('iframe')) {
    let page; try { page = frame.contentDocument } catch { continue }
    if (!page?.documentElement) continue;
    for (const element of [...page.querySelectorAll('*')].slice(0, 2000)) {
      for (const { name } of [...element.attributes]) if (name.startsWith('on')) {
        try { element.dispatchEvent(new frame.contentWindow.Event(name.slice(2), { bubbles: true })) } catch {}
      }
      const leads = element.protocol ?? '';
      if (/^(javascript|data|vbscript|blob):/.test(leads) || element.hasAttribute('formaction')) try { element.click() } catch {}
    }
  }
}"""

ESCAPED = """(mode) => {
  const escaped = [];
  const wrong = 'script,iframe,frame,object,embed,svg,math,link,meta,base,form,input,textarea,select,button,template,noscript,title,video,audio';
  for (const frame of document.querySelectorAll('iframe')) {
    const why = (() => {
      let page; try { page = frame.contentDocument } catch { return 'navigated to a stranger' }
      if (!page?.body) return 'no page';
      if (frame.contentWindow.location.pathname !== frame.getAttribute('src')) return 'navigated ' + frame.contentWindow.location;
      if (mode === 'frame') return '';
      if (mode === 'both' || mode === 'box') {
        const box = page.querySelector('.mailbody');
        if (!box && page.body.children.length > (mode === 'box' ? 2 : 0)) return 'no box';
        if (box?.querySelector(wrong)) return 'holds ' + box.querySelector(wrong).nodeName;
        for (const element of box?.querySelectorAll('*') ?? []) for (const { name, value } of element.attributes) {
          if (name.startsWith('on')) return 'handler ' + name;
          if (name === 'href' && !/^(https?:\\/\\/|mailto:|tel:|#m-)/i.test(value)) return 'link ' + value;
          if (name === 'src' && !/^(\\/picture\\/|data:image\\/(png|jpe?g|gif|webp);)/.test(value)) return 'picture ' + value;
          if ((name === 'id' || name === 'name') && !value.startsWith('m-')) return 'name ' + value;
        }
        // Read once more, as a script that moves markup about would.
        const names = (of) => [...of.querySelectorAll('*')].map((one) => one.nodeName + one.attributes.length).join();
        if (box) { const again = page.createElement('div'); again.innerHTML = box.innerHTML;
          if (names(again) !== names(box)) return 'reads otherwise the second time'; }
        if (mode === 'both') return [...page.body.children].some((one) => one !== box) ? 'outside the box' : '';
      }
      const shape = [...page.body.children].filter((one) => one.nodeName !== 'STYLE').map((one) => one.id || one.className).join();
      if (mode === 'box' && shape !== 'before,mailbody,after' && shape !== 'before,after') return 'shape ' + shape;
      if (page.title !== 'ours') return 'title';
      for (const id of ['before', 'after']) {
        const ours = page.getElementById(id);
        if (ours?.textContent !== id || ours.parentNode !== page.body) return id + ' is not ours';
        ours.scrollIntoView({ block: 'center' });
        const { left, top, height } = ours.getBoundingClientRect();
        if (height === 0) return id + ' is hidden';
        const seen = page.elementFromPoint(left + 5, top + height / 2);
        if (seen !== ours) return id + ' is covered by ' + seen?.nodeName;
      }
      return '';
    })();
    if (why) escaped.push([frame.id, why]);
  }
  return escaped;
}"""


def look(browser, pages, server, outside, mode):
    """Counts of scripts run, requests that left, elements that escaped; and whose they were."""
    ran, escaped, left = set(), {}, len(outside.seen)
    where = f"http://127.0.0.1:{server.server_address[1]}"
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    context.expose_binding("ranScript", lambda source, path: ran.add(path))
    context.add_init_script(HOOKS)
    for start in range(0, len(pages.raw), AT_ONCE[mode]):
        page = context.new_page()
        popups = []
        page.on("dialog", lambda dialog: (ran.add(f"dialog of {start}"), dialog.dismiss()))
        page.on("popup", lambda popup: popups.append(popup.url))
        address = f"{where}/batch/{mode}/{start}"
        try:
            page.goto(address, wait_until="load", timeout=15_000)
        except Exception as error:
            if mode != "none":
                escaped[start] = f"does not load: {error}"
        try:
            page.evaluate(PROVOKE)
            page.wait_for_timeout(200)
            for frame, why in page.evaluate(ESCAPED, mode):
                escaped[int(frame[1:])] = why
        except Exception as error:  # the whole page is gone: that is what the control is for
            escaped[start] = str(error).splitlines()[0]
        if page.url != address:
            escaped[start] = f"the page is now {page.url}"
        if popups:
            escaped[start] = f"opened {popups[0]}"
        page.close(run_before_unload=False)
    context.close()
    time.sleep(0.3)
    return ran, outside.seen[left:], escaped


def tool(folder=None):
    for place in [folder, os.environ.get("MAILROOM_BUILD"), ROOT / ".build/debug"]:
        if place and (pathlib.Path(place) / "MailPages").is_file():
            return str(pathlib.Path(place) / "MailPages")
    raise SystemExit("MailPages is not built: swift build --product MailPages")


def run(launch, folder=None):
    """The table: for each mode the three counts; prints what was found where nothing should be."""
    pages = Pages(tool(folder))
    server, outside = serve(pages), sink()
    port = outside.server_address[1]
    # What Chromium asks of its own accord is nobody's mail's doing.
    own = ", ".join(f"MAP {name} ~NOTFOUND" for name in ["*.googleapis.com", "accounts.google.com", "clients2.google.com"])
    browser = launch(
        executable_path="/usr/bin/chromium",
        args=["--no-sandbox", f"--host-resolver-rules={own}, MAP * 127.0.0.1:{port}, EXCLUDE 127.0.0.1"],
    )
    print(f"{len(pages.raw)} mails{'':8} scripts  requests  escapes")
    table = {}
    for mode in MODES:
        ran, left, escaped = look(browser, pages, server, outside, mode)
        table[mode] = (len(ran), len(left), len(escaped))
        print(f"{mode:18} {len(ran):8} {len(left):9} {len(escaped):8}", flush=True)
        if mode != "none":
            for path in sorted(ran):
                print("  ran:", path, repr(pages.raw[int(path.rsplit("/")[-1])][:200]) if path.startswith("/case") else "")
            for name, count in collections.Counter(left).most_common(10):
                print("  asked:", name, count)
            for number, why in sorted(escaped.items()):
                print("  escaped:", number, why, repr(pages.raw[number][:200]))
    browser.close()
    server.shutdown()
    outside.shutdown()
    return table


def test_a_strangers_mail_runs_nothing_asks_nobody_and_stays_in_its_place(browser, binary):
    from firm import Skip

    if not CORPUS.is_dir():
        raise Skip(f"{CORPUS} is missing")
    table = run(browser.chromium.browser_type.launch, binary.parent)
    for mode in ["box", "frame", "both"]:
        assert table[mode] == (0, 0, 0), f"{mode}: {table[mode]}"
    scripts, requests, escapes = table["none"]
    assert scripts >= 80 and requests > 0 and escapes > 0, f"the control is dead: {table['none']}"


if __name__ == "__main__":
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        table = run(driver.chromium.launch, *sys.argv[1:2])
    sys.exit(any(any(table[mode]) for mode in ["box", "frame", "both"]) or not all(table["none"]))
