// A page that takes files: they leave as soon as they are chosen, in pieces, and go on where a cut left them
// (tus 1.0.0). Without this script the page is a plain form.

const form = document.querySelector("form.drop");
const PIECE = 4 << 20;
const AT_ONCE = 3;
const token = form?.querySelector("input[name=token]")?.value;
const policy = globalThis.trustedTypes?.createPolicy("mailroom", { createHTML: (text) => text });

/** Who comes by an open link says so here; by a personal one nobody is asked. */
const who = ["f-name", "f-address"].map((id) => document.getElementById(id)).filter((field) => field);
const typed = () => who.map((field) => field.value.trim()).join("|");
/** What the server did not believe to be a name and an address. */
let doubted = null;

/** What is missing before anything can be sent: a word, or nothing. */
function missing() {
  for (const field of who) {
    const text = field.value.trim();
    if (!text) return field.type === "email" ? "address" : "who";
    if (field.type === "email" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return "address";
  }
  return who.length && typed() === doubted ? "who" : null;
}

/** Why a file will not be taken, however often it is tried. */
class Refused extends Error {}

/** It will be, in so many seconds. */
class Busy extends Error {
  constructor(seconds) { super("busy"); this.seconds = seconds; }
}

let beginning = Promise.resolve();

/** One file on its way, with its row. */
class Sending {
  constructor(file, item) {
    this.file = file;
    this.item = item;
    this.offset = 0;
    this.moving = 0;
    this.times = [];
    this.state = "waiting";
    this.tries = 0;
    this.row = document.getElementById("row").content.firstElementChild.cloneNode(true);
    // As the server shows it: what turns the direction of reading is left out.
    this.name = file.name.replace(/[\u202a-\u202e\u2066-\u2069]/g, "");
    this.row.querySelector("b").textContent = this.name;
    const ending = file.name.includes(".") ? file.name.split(".").pop() : "";
    this.row.querySelector(".ft").textContent = ending.length < 5 ? ending.toUpperCase() : "";
    this.row.querySelector("[data-stop] .sr").textContent = say("remove", { name: this.name });
    this.row.querySelector("[data-again]").setAttribute("aria-label", say("again", { name: this.name }));
    this.row.querySelector("progress").setAttribute("aria-label", this.name);
    this.row.querySelector("[data-stop]").addEventListener("click", () => this.remove());
    this.row.querySelector("[data-again]").addEventListener("click", () => this.wake());
    document.querySelector("#yours .ups").append(this.row);
    this.tell("waiting", "waiting");
  }

  /** Under which an upload is found again: by whoever began it, and by nobody else who sits here. */
  get key() {
    const { name, size, lastModified } = this.file;
    return ["upload", form.dataset.tus, typed(), this.item, name, size, lastModified].join("|");
  }

  get percent() { return this.file.size ? Math.floor((this.offset + this.moving) / this.file.size * 100) : 0; }

  tell(state, word, values = {}) {
    this.state = state;
    const small = this.row.querySelector("small");
    small.className = word === "empty" ? "wait" : { received: "ok", cut: "wait", refused: "bad" }[state] ?? "";
    const text = say(word, { percent: this.percent, name: this.name, ...values });
    if (small.textContent !== text) small.textContent = text;
    this.row.classList.toggle("stuck", state === "cut");
    const bar = this.row.querySelector("progress");
    bar.value = this.percent;
    bar.hidden = state === "received" || state === "refused";
    this.row.querySelector("[data-stop]").hidden = state === "received" || state === "cut";
    this.row.querySelector("[data-again]").hidden = state !== "cut";
  }

  async request(url, method, headers = {}, body = undefined) {
    this.abort = new AbortController();
    const all = {
      "tus-resumable": "1.0.0", "accept-language": language, ...(token && { "x-token": token }), ...headers,
    };
    const reply = await sent(url, method, all, body, this.abort.signal, (octets) => this.moved(octets));
    const reason = reply.ok ? "" : method === "HEAD" ? reply.status === 401 && "signedout" : await reply.text();
    if (reply.status === 429) throw new Busy(Math.max(2, Math.min(60, Number(reply.headers.get("retry-after")) || 10)));
    if ([401, 403, 410, 413, 507].includes(reply.status)) throw new Refused(words[reason] ? reason : "failed");
    if (reply.status >= 500) {
      this.failures = (this.failures ?? 0) + 1;
      if (this.failures > 4) throw new Refused("failed");
      throw new Error(`status ${reply.status}`);
    }
    if (reply.status >= 400 && ![404, 408, 409].includes(reply.status)) throw new Refused("failed");
    return reply;
  }

  /** So many octets of the piece have left; how fast, say the last ten seconds. */
  moved(octets) {
    this.moving = octets;
    const now = performance.now() / 1000;
    const known = this.times.at(-1);
    if (known && now - known[0] < 0.25) return;
    const there = this.offset + octets;
    this.times.push([now, there]);
    while (now - this.times[0][0] > 10) this.times.shift();
    const [then, before] = this.times[0];
    if (now - then < 1 || there <= before) return this.state === "going" && this.tell("going", "started");
    const speed = (there - before) / (now - then);
    if (this.state === "going") {
      this.tell("going", "going", { speed: size(speed), left: left((this.file.size - there) / speed) });
    }
  }

  /** What the server has of it; and once that is all, what it says of that. */
  read(reply) {
    this.moving = 0;
    this.offset = Number(reply.headers.get("upload-offset"));
    this.sum = reply.headers.get("x-sha256");
    this.outcome = reply.headers.get("x-outcome");
    this.time = decodeURIComponent(reply.headers.get("x-received") ?? "");
    this.size = decodeURIComponent(reply.headers.get("x-size") ?? "");
  }

  /** One after the other: the first is given the cookie by which the others are the same person's. */
  create() {
    const begun = beginning.then(() => this.begin());
    beginning = begun.catch(() => {});
    return begun;
  }

  async begin() {
    const [said, key] = [{ filename: this.file.name, item: this.item }, this.key];
    for (const [name, field] of [["sender", "name"], ["address", "address"]]) {
      const input = document.getElementById("f-" + field);
      if (input) said[name] = input.value;
    }
    const reply = await this.request(form.dataset.tus, "POST", {
      "upload-length": String(this.file.size),
      "upload-metadata": Object.entries(said).map(([name, value]) => `${name} ${encoded(value)}`).join(","),
    });
    if (reply.status === 404) throw new Refused("maynot");
    if (reply.status !== 201) throw new Error(`status ${reply.status}`);
    this.url = reply.headers.get("location");
    this.offset = 0;
    this.kept = key;
    try { localStorage.setItem(key, this.url); } catch {}
  }

  /** Where to go on: of an upload that was begun before, perhaps before the page was loaded anew. */
  async find() {
    let known = this.url;
    if (!known) try { known = localStorage.getItem(this.kept = this.key); } catch {}
    if (!known) return this.create();
    const reply = await this.request(known, "HEAD");
    if (!reply.ok) return this.create();
    this.url = known;
    this.unlist();
    this.read(reply);
  }

  /** What the page says of an upload that waits: now it is this one. */
  unlist() {
    for (const row of document.querySelectorAll("[data-unfinished]")) {
      if (row.dataset.unfinished === this.url) row.remove();
    }
  }

  async pieces() {
    while (!this.sum) {
      const piece = this.file.slice(this.offset, this.offset + PIECE);
      const reply = await this.request(this.url, "PATCH", {
        "content-type": "application/offset+octet-stream", "upload-offset": String(this.offset),
      }, await piece.arrayBuffer().catch(() => { throw new Refused("unreadable"); }));
      if (reply.status === 409) { await this.find(); continue; }
      if (reply.status === 404) { this.url = null; await this.forget(); await this.create(); continue; }
      if (!reply.ok) throw new Error(`status ${reply.status}`);
      this.read(reply);
      this.tries = this.failures = 0;
    }
  }

  async run() {
    while (this.state !== "received" && this.state !== "removed") {
      try {
        this.tell("going", "started");
        await this.find();
        if (this.state === "removed") return;
        this.tell("going", "started");
        await this.pieces();
        await this.forget();
        this.row.querySelector("details").hidden = false;
        this.row.querySelector("code").textContent = this.sum;
        const outcome = words[this.outcome] ? this.outcome : "received";
        this.tell("received", this.file.size ? outcome : "empty", { time: this.time, size: this.size });
        return;
      } catch (error) {
        if (this.state === "removed") return;
        [this.moving, this.times] = [0, []];
        if (error instanceof Refused) {
          if (error.message === "who") {
            doubted = typed();
            return this.tell("waiting", "waiting");
          }
          // What came stays there: with room again, or signed in again, the same file goes on.
          if (!["room", "signedout", "stale"].includes(error.message)) await this.forget();
          return this.tell("refused", error.message);
        }
        if (error instanceof Busy) {
          this.tell("cut", "busy", { n: error.seconds });
          await this.rest(error.seconds * 1000);
          continue;
        }
        this.tell("cut", "cut");
        this.tries += 1;
        await this.rest(Math.min(30, 2 ** Math.min(this.tries, 5)) * 500);
      }
    }
  }

  /** Until it is time to try again, or the network is back, or somebody says so. */
  rest(milliseconds) {
    return new Promise((resolve) => {
      const end = () => { clearTimeout(timer); removeEventListener("online", end); resolve(); };
      const timer = setTimeout(end, milliseconds);
      addEventListener("online", end);
      this.wake = end;
    });
  }

  wake() {}

  async forget() { try { localStorage.removeItem(this.kept ?? this.key); } catch {} }

  remove() {
    const url = this.url;
    const wasGoing = this.state === "going" || this.state === "cut";
    this.state = "removed";
    this.abort?.abort();
    this.wake();
    this.row.remove();
    this.forget();
    if (wasGoing && url) this.request(url, "DELETE").catch(() => {});
    count();
  }
}

const sendings = [];
const before = Number(document.getElementById("yours")?.dataset.count ?? 0);
const isOffered = document.getElementById("finish")?.hidden === false;

function count() {
  const all = sendings.filter((one) => one.state !== "removed");
  const done = all.filter((one) => one.state === "received").length;
  const status = document.querySelector("#yours [role=status]");
  status.textContent = all.length ? say("status", { done: done + before, all: all.length + before }) : status.textContent;
  const finish = document.getElementById("finish");
  if (finish) finish.hidden = done + before === 0 && !isOffered;
}

/** Files wait in their list for what is missing: it is said there, and beside the field. */
function ask() {
  const word = missing();
  for (const field of who) field.removeAttribute("aria-invalid");
  for (const one of sendings) if (one.state === "waiting") one.tell("waiting", word ?? "waiting");
  if (!word) return;
  for (const one of sendings) if (one.state === "waiting") one.row.querySelector("small").className = "wait";
  const field = word === "who" ? who[0] : who.at(-1);
  field.setAttribute("aria-invalid", "true");
  document.querySelector("#yours [role=status]").textContent = say(word);
  return field;
}

/** As many at once as there may be. */
function start() {
  ask();
  for (let index = 0; index < AT_ONCE; index += 1) next();
}

let running = 0;

async function next() {
  const waiting = sendings.find((one) => one.state === "waiting");
  if (!waiting || running >= AT_ONCE || missing()) return;
  running += 1;
  waiting.state = "going";
  await waiting.run();
  running -= 1;
  count();
  if (waiting.state === "waiting") ask();
  if (waiting.state === "received" && !sendings.some((one) => ["waiting", "going"].includes(one.state))) renew();
  next();
}

/** The lists of what is asked for and of what is there, as the server has them now. */
async function renew() {
  const reply = await fetch(location.pathname + location.search).catch(() => null);
  if (!reply?.ok) return;
  const text = await reply.text();
  const page = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
  for (const id of ["want", "papers"]) {
    const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (!old || !fresh || old.querySelector("details[open]")) continue;
    const held = old.contains(document.activeElement) ? document.activeElement.dataset.item : null;
    if (held === undefined) continue;
    old.replaceWith(document.importNode(fresh, true));
    // Whoever goes through the page with the keys stays where they were.
    if (held) document.querySelector(`#${id} [data-item="${held}"]`)?.focus();
  }
}

/** The item that files are chosen for just now: of that one choosing, and of none after it. */
let asked = null;

function add(files) {
  const choice = document.getElementById("f-item");
  const item = asked ?? choice?.value ?? "";
  asked = null;
  if (!files.length) return;
  if (choice) choice.value = "";
  document.getElementById("yours").hidden = false;
  for (const file of files) sendings.push(new Sending(file, item));
  count();
  start();
  if (missing()) ask().focus();
}

if (form) {
  // Not while an address is being typed: half of one may look like a whole one.
  for (const field of who) field.addEventListener("change", start);
  for (const one of document.querySelectorAll("[data-js]")) one.hidden = false;
  for (const one of form.querySelectorAll("[data-plain]")) one.hidden = true;
  for (const button of form.querySelectorAll("[data-pick]")) {
    button.addEventListener("click", () => {
      asked = null;
      document.getElementById(button.dataset.pick).click();
    });
  }
  for (const input of form.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => { add([...input.files]); input.value = ""; });
    input.addEventListener("cancel", () => { asked = null; });
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); start(); });
  form.noValidate = true;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-item]");
    if (!link) return;
    event.preventDefault();
    asked = link.dataset.item;
    document.getElementById("f-file").click();
  });
  addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    form.classList.add("over");
  });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); });
  addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    form.classList.remove("over");
    asked = null;
    add([...event.dataTransfer.files]);
  });
  addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    asked = null;
    if (files.length) { event.preventDefault(); add(files); }
  });
  addEventListener("beforeunload", (event) => {
    if (sendings.some((one) => ["waiting", "going", "cut"].includes(one.state))) event.preventDefault();
  });
}
