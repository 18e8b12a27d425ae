// What the script of a page that takes files says and sends by; upload.js follows it in the same file.

// Seconds: for how long nothing may move, and how long an answer may take once all is sent.
const STALLED = 30;
const ANSWERED = 120;

const language = document.documentElement.lang;
const words = Object.fromEntries(
  [...document.querySelectorAll("#words [data-word]")].map((one) => [one.dataset.word, one.textContent]));
const say = (word, values = {}) => words[word].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const encoded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

function size(octets) {
  const units = [" B", " KB", " MB", " GB"];
  let unit = 0;
  while (octets >= 1000 && unit < 3) [octets, unit] = [octets / 1000, unit + 1];
  return octets.toLocaleString(language, { maximumFractionDigits: octets < 10 && unit > 1 ? 1 : 0 }) + units[unit];
}

const left = (seconds) => seconds < 8 ? say("soon")
  : seconds < 90 ? say("seconds", { n: Math.ceil(seconds / 10) * 10 }) : say("minutes", { n: Math.round(seconds / 60) });

/** What is being sent: a line on which nothing moves is cut, and each octet that leaves is told of. */
function sent(url, method, headers, body, signal, moved) {
  return new Promise((resolve, reject) => {
    const line = new XMLHttpRequest();
    let timer;
    const within = (seconds) => {
      clearTimeout(timer);
      timer = setTimeout(() => line.abort(), seconds * 1000);
    };
    line.open(method, url);
    for (const [name, value] of Object.entries(headers)) line.setRequestHeader(name, value);
    line.upload.onprogress = (event) => {
      within(event.loaded < event.total ? STALLED : ANSWERED);
      moved(event.loaded);
    };
    line.onload = () => resolve({
      status: line.status, ok: line.status >= 200 && line.status < 300, text: async () => line.responseText,
      headers: { get: (name) => line.getResponseHeader(name) },
    });
    line.onerror = line.onabort = () => reject(new Error("cut"));
    line.onloadend = () => clearTimeout(timer);
    signal.addEventListener("abort", () => line.abort());
    within(body ? STALLED : ANSWERED);
    line.send(body);
  });
}

