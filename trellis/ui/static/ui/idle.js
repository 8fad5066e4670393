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

const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";

async function ping() {
  lastPing = Date.now();
  const answer = await fetch(idlePingUrl, { method: "POST", headers: { "X-CSRFToken": token() }, credentials: "same-origin" });
  if (answer.status === 401 || answer.status === 403 || answer.redirected) await leave();
}

function signOfLife() {
  if (dialog.open) return;
  lastSign = Date.now();
  if (lastSign - lastPing > Math.min(30_000, (allowed * 1000) / 3)) ping().catch(() => {});
}

async function stay() {
  lastSign = Date.now();
  dialog.close();
  await ping().catch(() => {});
}

async function leave() {
  if (leaving) return;
  leaving = true;
  const drafts = [...document.querySelectorAll("form[data-draft]")].map((form) => saveDraft(form, { keepalive: true }));
  await Promise.race([Promise.allSettled(drafts), new Promise((done) => setTimeout(done, 3000))]);
  document.body.replaceChildren();
  window.location.replace(idleLeaveUrl);
}

function tick() {
  const left = Math.ceil(allowed - (Date.now() - lastSign) / 1000);
  if (left <= 0) {
    leave();
  } else if (left <= Math.min(WARNING, allowed / 2)) {
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
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    stay();
  });
  setInterval(tick, 1000);
}

// A page that comes back out of the browser's memory is asked for again, so that a signed-out one does not show.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
