// Signs out after a time without a sign of life, with a warning two minutes before, and nothing typed is lost.
import { saveDraft } from "./drafts.js";

const WARNING = 120;
const { idleSeconds, idlePingUrl, idleLeaveUrl } = document.body.dataset;
const dialog = document.getElementById("idle-warning");
const allowed = Number(idleSeconds);

// Wall-clock times, since a sleeping laptop does not run timers.
let lastSign = Date.now();
let lastPing = Date.now();
let leaving = false;

// One person, however many tabs: a sign of life in one is one in all of them.
const tabs = new BroadcastChannel("alive");
const isLocked = () => "locked" in document.documentElement.dataset;

const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";

async function ping() {
  lastPing = Date.now();
  const answer = await fetch(idlePingUrl, { method: "POST", headers: { "X-CSRFToken": token() }, credentials: "same-origin" });
  if (answer.status === 401 || answer.status === 403 || answer.redirected) await leave();
  if (answer.status === 423) document.dispatchEvent(new Event("session:locked"));
}

function alive() {
  lastSign = Date.now();
  document.dispatchEvent(new Event("alive"));
}

function signOfLife() {
  if (dialog.open || isLocked()) return;
  if (Date.now() - lastSign > 1_000) tabs.postMessage("");
  alive();
  if (lastSign - lastPing > Math.min(30_000, (allowed * 1000) / 3)) ping().catch(() => {});
}

async function stay() {
  tabs.postMessage("");
  alive();
  dialog.close();
  await ping().catch(() => {});
}

// What a page holds and could not send yet stays: such a page says "idle:over" is not for it, and covers itself instead.
async function leave() {
  if (leaving) return;
  leaving = true;
  if (!document.dispatchEvent(new Event("idle:over", { cancelable: true }))) {
    dialog.close();
    return;
  }
  await keepWords();
  document.body.replaceChildren();
  window.location.replace(idleLeaveUrl);
}

function keepWords() {
  const drafts = [...document.querySelectorAll("form[data-draft]")].map((form) => saveDraft(form, { keepalive: true }));
  return Promise.race([Promise.allSettled(drafts), new Promise((done) => setTimeout(done, 3000))]);
}

function tick() {
  const left = Math.ceil(allowed - (Date.now() - lastSign) / 1000);
  if (left <= 0) {
    leave();
  } else if (left <= Math.min(WARNING, allowed / 2) && !isLocked()) {
    if (!dialog.open) dialog.showModal();
    show(left);
  }
}

function show(left) {
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  dialog.querySelector("[data-idle-left]").textContent = clock;
  if (left % 30 === 0) dialog.querySelector("[data-idle-status]").textContent = clock;
}

if (allowed > 0 && dialog) {
  for (const sign of ["keydown", "pointerdown", "scroll", "input"]) {
    document.addEventListener(sign, signOfLife, { passive: true, capture: true });
  }
  dialog.querySelector("[data-idle-stay]").addEventListener("click", stay);
  for (const back of ["idle:resume", "cover:opened"]) {
    document.addEventListener(back, () => {
      leaving = false;
      alive();
    });
  }
  tabs.addEventListener("message", () => {
    if (isLocked() || leaving) return;
    if (dialog.open) dialog.close();
    alive();
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    stay();
  });
  setInterval(tick, 1000);
}

// Another tab was locked, and with it the sign-in. A page without a cover of its own goes out of sight at once; when the
// server holds the lock ("told"), whoever looks at it is asked there, and when the other tab is opened it is back.
let isHeld = false;

new BroadcastChannel("cover").addEventListener("message", ({ data }) => {
  if (document.getElementById("cover-page")) return;
  document.body.hidden = document.body.inert = data !== "opened";
  isHeld = data === "told";
  askThere();
});
document.addEventListener("visibilitychange", askThere);

async function askThere() {
  if (!isHeld || document.hidden) return;
  await keepWords();
  if (isHeld) window.location.replace(window.location.pathname + window.location.search);
}

// A page that comes back out of the browser's memory is asked for again, so that a signed-out one does not show.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
