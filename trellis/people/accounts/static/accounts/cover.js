// Covers a page that nobody touches, and opens it where it was. Nothing leaves the page while it is covered, and nothing
// of it can be seen or heard. What the cover means is held by the server: a reload leads to the same question.
const page = document.getElementById("cover-page");
const facts = page.dataset;
const root = document.documentElement;
const tabs = new BroadcastChannel("cover");
const PATIENCE = 8_000;
const AGAIN = 5_000;

let cover = null;
let behind = { parts: [], focus: null, title: "", scroll: 0 };
let lastSign = Date.now();
let told = true;
let lastTold = 0;
let leaveBehind = false;

const mode = () => root.dataset.locked || "";
const waiting = () => Number(document.querySelector("[data-waiting]")?.dataset.waiting || 0);
const token = () => cover?.querySelector("input[name=csrfmiddlewaretoken]").value || "";
const ask = (address, options) =>
  fetch(address, { credentials: "same-origin", redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...options });
const isOver = (answer) => answer.status === 401 || answer.type === "opaqueredirect";

// --- the cover ----------------------------------------------------------------------------------

function close(why) {
  if (!cover) put();
  root.dataset.locked = why;
  for (const part of cover.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== why;
  say("");
  count();
  (cover.querySelector(why === "pin" ? "#cover-pin" : "a.button") || cover).focus();
  document.dispatchEvent(new Event("cover:closed"));
}

function put() {
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  behind = { parts: shown(), focus: document.activeElement, title: document.title, scroll: window.scrollY };
  for (const part of behind.parts) part.hidden = part.inert = true;
  document.title = facts.title;
  document.body.prepend(page.content.cloneNode(true));
  cover = document.getElementById("cover");
  cover.querySelector("form[action]").addEventListener("submit", tryPin);
  cover.querySelector("[data-again]").addEventListener("click", () => comeBack(true));
}

const shown = () =>
  [...document.body.children].filter((part) => !part.hidden && !["SCRIPT", "TEMPLATE", "LINK"].includes(part.tagName));

function open() {
  if (!cover) return;
  cover.remove();
  cover = null;
  for (const part of behind.parts) part.hidden = part.inert = false;
  document.title = behind.title;
  delete root.dataset.locked;
  window.scrollTo(0, behind.scroll);
  behind.focus?.focus({ preventScroll: true });
  lastSign = Date.now();
  document.dispatchEvent(new Event("cover:opened"));
}

function say(words) {
  cover.querySelector("[data-said]").textContent = words;
}

function count() {
  const number = waiting();
  const words = number === 1 ? facts.one : facts.many.replace("{number}", number);
  if (cover) cover.querySelector("[data-waits]").textContent = number ? words : "";
}

// --- locked: the PIN opens it -------------------------------------------------------------------

function lock() {
  close("pin");
  tabs.postMessage("closed");
  told = false;
  tell();
}

// Until the server has heard it, again and again; without a connection the page holds the lock alone.
async function tell() {
  lastTold = Date.now();
  try {
    const answer = await ask(facts.lockUrl, { method: "POST", headers: { "X-CSRFToken": token(), Accept: "application/json" }, keepalive: true });
    told = answer.ok || answer.status === 423;
    if (told) tabs.postMessage("told");
    if (isOver(answer)) over();
  } catch {
    told = false;
  }
}

async function tryPin(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const body = new URLSearchParams({ pin: form.elements.pin.value });
  form.elements.pin.value = "";
  say("");
  try {
    const answer = await ask(form.action, { method: "POST", headers: { "X-CSRFToken": token(), Accept: "application/json" }, body });
    await heard(answer);
  } catch {
    say(facts.offline);
  }
  if (cover) form.elements.pin.focus();
}

async function heard(answer) {
  if (answer.ok) {
    open();
    tabs.postMessage("opened");
  } else if (answer.status === 422) say((await answer.json()).sentence);
  else if (isOver(answer)) over(answer.headers.get("HX-Redirect"));
  else if (answer.status === 403) await renew();
  else say(facts.offline);
}

// --- signed out: whoever signs in again opens it ------------------------------------------------

// Marks that wait are in this page and nowhere else: it stays. A page without any goes.
function over(address) {
  if (waiting()) close("out");
  else window.location.replace(address || facts.leaveUrl);
}

async function leave() {
  leaveBehind = true;
  try {
    await ask(facts.leaveUrl);
    leaveBehind = false;
  } catch {
    // once more when the connection is back
  }
}

async function comeBack(asked = false) {
  if (mode() !== "out") return;
  const answer = await renew({ anew: true });
  if (answer === "same") {
    open();
    document.dispatchEvent(new Event("idle:resume"));
  } else if (asked || answer === "other") say({ other: facts.somebodyElse, offline: facts.offline }[answer] || facts.stillOut);
}

// A sign-in makes new tokens. This page takes them over when it is the same person; `anew`: only those of a new sign-in.
async function renew({ anew = false } = {}) {
  let answer;
  try {
    answer = await ask(window.location.href, { headers: { "X-Background": "1" } });
  } catch {
    return "offline";
  }
  if (!answer.ok) return "none";
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  const theirs = found.getElementById("cover-page")?.dataset;
  const fresh = found.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  if (!theirs || !fresh || (anew && theirs.session === facts.session)) return "none";
  if (theirs.account !== facts.account) return "other";
  facts.session = theirs.session;
  takeOver(fresh);
  return "same";
}

function takeOver(fresh) {
  for (const from of [document, page.content]) {
    for (const field of from.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = fresh;
  }
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": fresh }));
}

// --- what it listens to -------------------------------------------------------------------------

document.addEventListener("alive", () => {
  lastSign = Date.now();
});
document.addEventListener("waiting", count);
document.addEventListener("session:locked", () => mode() || lock());
document.addEventListener("session:over", () => over());
document.addEventListener("session:renew", async () => {
  const answer = await renew();
  if (answer === "same") document.dispatchEvent(new Event("session:renewed"));
  else if (answer !== "offline" && waiting()) {
    close("out");
    if (answer === "other") say(facts.somebodyElse);
  }
});
document.addEventListener("idle:over", (event) => {
  if (!waiting()) return;
  event.preventDefault();
  close("out");
  leave();
});
document.addEventListener("visibilitychange", () => document.hidden || comeBack());
window.addEventListener("focus", () => comeBack());
window.addEventListener("online", () => {
  if (mode() === "pin" && !told) tell();
  if (leaveBehind) leave().then(() => comeBack());
});
// Keys that lead elsewhere sleep while the page is covered.
window.addEventListener("keydown", (event) => {
  if (cover && !event.target.closest?.("input")) event.stopPropagation();
}, { capture: true });
tabs.addEventListener("message", ({ data }) => {
  if (data === "closed" && !mode() && facts.lockMinutes) close("pin");
  if (data === "opened" && mode() === "pin") open();
});
setInterval(() => {
  if (facts.lockMinutes && !mode() && Date.now() - lastSign >= facts.lockMinutes * 60_000) lock();
  if (mode() === "pin" && !told && Date.now() - lastTold >= AGAIN) tell();
}, 1_000);
