// Files are dropped anywhere on the folder, or chosen, and go up one by one with their progress; without this
// script the form sends them all at once. What a switch of a contact says is sent as it is turned.

const zone = document.getElementById("dropzone");
const german = document.documentElement.lang === "de";
const japanese = document.documentElement.lang === "ja";
const words = {
  done: german ? "abgelegt" : japanese ? "保存しました" : "filed",
  known: german ? "schon abgelegt" : japanese ? "保存済み" : "filed already",
  failed: german ? "nicht angekommen" : japanese ? "送信できませんでした" : "not received",
};

function send(file, done) {
  const list = zone.querySelector(".progress");
  const row = document.createElement("li");
  const name = document.createElement("span");
  const state = document.createElement("span");
  const bar = document.createElement("progress");
  name.textContent = file.name;
  state.textContent = "0 %";
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  row.append(name, state, bar);
  list.append(row);
  const request = new XMLHttpRequest();
  request.open("POST", zone.action);
  request.setRequestHeader("x-token", zone.querySelector("input[name=token]").value);
  request.upload.addEventListener("progress", (event) => {
    const percent = event.lengthComputable ? Math.round(100 * event.loaded / event.total) : 0;
    bar.value = percent;
    state.textContent = `${percent} %`;
  });
  request.addEventListener("loadend", () => {
    const isThere = request.status === 200;
    bar.remove();
    row.dataset.state = isThere ? request.responseText : "failed";
    state.textContent = isThere ? (request.responseText === "known" ? words.known : words.done) : words.failed;
    row.classList.toggle("failed", !isThere);
    done();
  });
  const form = new FormData();
  form.append("file", file, file.name);
  request.send(form);
}

if (zone) {
  const input = zone.querySelector("input[type=file]");
  const button = zone.querySelector("button");
  button.hidden = true;
  let queue = [];
  let running = false;
  const leave = (event) => event.preventDefault();
  const next = () => {
    const file = queue.shift();
    running = file !== undefined;
    if (running) { send(file, next); return; }
    removeEventListener("beforeunload", leave);
    const part = document.getElementById("docs")?.dataset.part;
    if (part) document.dispatchEvent(new CustomEvent("mailroom:renew", { detail: part.split(" ") }));
  };
  const add = (files) => {
    queue.push(...files);
    if (running || queue.length === 0) return;
    addEventListener("beforeunload", leave);
    next();
  };
  input.addEventListener("change", () => { add([...input.files]); input.value = ""; });
  for (const link of document.querySelectorAll("a[data-upload]")) {
    link.addEventListener("click", (event) => { event.preventDefault(); input.click(); });
  }
  const shelf = document.querySelector(".docs");
  let depth = 0;
  const carries = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  shelf.addEventListener("dragenter", (event) => { if (carries(event)) { depth++; shelf.classList.add("dropping"); } });
  shelf.addEventListener("dragleave", (event) => { if (carries(event) && --depth <= 0) { depth = 0; shelf.classList.remove("dropping"); } });
  shelf.addEventListener("dragover", (event) => { if (carries(event)) event.preventDefault(); });
  shelf.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    depth = 0;
    shelf.classList.remove("dropping");
    add([...event.dataTransfer.files]);
  });
}
