// Marks at the tap, sends behind it. What waits is kept in this page's memory and nowhere else; each mark carries a key
// of its own, so that one sent twice is kept once.
import { lookAgain } from "./room-live.js";

const room = document.querySelector("[data-room]");
const facts = JSON.parse(document.getElementById("room-facts").textContent);
const status = room.querySelector("[data-status]");
const SEATED = ["present", "late", "left_early", "video"];
const LONGEST_WAIT = 15_000;
const PATIENCE = 8_000;

// The server's clock, carried on by this page's own: the wall clock of a tablet may be wrong.
const opened = performance.now();
const now = () => facts.now + performance.now() - opened;

const queue = [];
let sending = false;
let wait = 1_000;
let timer = 0;

// While the page is covered nothing leaves it; a new sign-in renews the tokens of its forms.
const isCovered = () => "locked" in document.documentElement.dataset;
const csrf = () => room.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";

// --- what a tap shows ---------------------------------------------------------------------------

function show(person, state, minutes) {
  person.dataset.state = state;
  const word = person.querySelector("[data-word]");
  word.textContent = facts.words[state].replace("{minutes}", minutes);
  word.className = `chip chip-${facts.tones[state]}`;
  for (const button of person.querySelectorAll("[data-mark]")) {
    button.setAttribute("aria-pressed", String(button.dataset.mark === state));
  }
  person.querySelector("[data-undo]").hidden = state === "none";
  showMinutes(person, state, minutes);
  count();
}

function showMinutes(person, state, minutes) {
  const form = person.querySelector("[data-minutes-form]");
  form.hidden = state !== "late" && state !== "left_early";
  form.elements.do.value = state;
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(Number(button.value) === minutes));
  }
}

function count() {
  const people = [...room.querySelectorAll("[data-person]")];
  for (const chip of room.querySelectorAll("[data-count]")) {
    const number = people.filter((person) => person.dataset.state === chip.dataset.count).length;
    chip.querySelector("[data-number]").textContent = number;
    chip.hidden = number === 0;
  }
  const here = people.filter((person) => SEATED.includes(person.dataset.state)).length;
  warn("over_capacity", here > facts.capacity);
  warn("below_minimum", here > 0 && here < facts.least);
  warn("above_maximum", here > facts.most);
}

const warn = (name, holds) => {
  room.querySelector(`[data-warning="${name}"]`).hidden = !holds;
};

function suggest(state) {
  const length = Math.floor((facts.ends - facts.starts) / 60_000);
  const passed = state === "late" ? now() - facts.starts : facts.ends - now();
  return Math.max(1, Math.min(Math.floor(passed / 60_000), length - 1));
}

// Drawn by hand: crypto.randomUUID is missing where the page comes over plain HTTP.
const newKey = () => [...crypto.getRandomValues(new Uint8Array(15))].map((n) => n.toString(36).padStart(2, "0")).join("");

// --- the queue ----------------------------------------------------------------------------------

function tap(form, state, typed) {
  const person = form.closest("[data-person]");
  const timed = state === "late" || state === "left_early";
  const minutes = timed ? typed || suggest(state) : 0;
  const reason = form.elements.reason ? form.elements.reason.value : "";
  show(person, state === "undo" ? "none" : state, minutes);
  person.toggleAttribute("data-pending", true);
  person.touched = performance.now();
  queue.push({ person, state, minutes: timed ? minutes : "", reason, url: form.action, key: newKey() });
  if (form.elements.reason) form.elements.reason.value = "";
  tellWaiting();
  send();
}

function tellWaiting() {
  room.dataset.waiting = queue.length;
  document.dispatchEvent(new Event("waiting"));
}

async function send() {
  if (sending || !queue.length || isCovered()) return;
  clearTimeout(timer);
  sending = true;
  say(facts.sending);
  try {
    while (queue.length && !isCovered()) await sendOne(queue[0]);
    wait = 1_000;
    if (!queue.length) say(facts.sent);
  } catch {
    say(facts.waiting.replace("{number}", queue.length));
    timer = setTimeout(send, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  } finally {
    sending = false;
  }
}

async function sendOne(item) {
  const { person } = item;
  const answer = await fetch(item.url, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": csrf() },
    body: new URLSearchParams({
      client: person.dataset.person,
      do: item.state,
      minutes: item.minutes,
      reason: item.reason,
      key: item.key,
    }),
    credentials: "same-origin",
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (answer.ok) {
    person.dataset.marks = (await answer.json()).marks;
    done(item);
  } else if (answer.status === 409) {
    const { sentence, state } = await answer.json();
    done(item);
    if (!waits(person)) show(person, state, 0);
    tell(person, sentence);
  } else if (answer.status === 404) {
    done(item);
    tell(person, facts.not_kept);
  } else {
    const news = { 0: "session:over", 401: "session:over", 403: "session:renew", 423: "session:locked" }[answer.status];
    if (news) document.dispatchEvent(new Event(news));
    throw new Error(String(answer.status));
  }
}

function done(item) {
  queue.shift();
  item.person.touched = performance.now();
  if (!waits(item.person)) item.person.removeAttribute("data-pending");
  tellWaiting();
}

const waits = (person) => queue.some((item) => item.person === person);

function say(words) {
  status.textContent = words;
}

function tell(person, sentence) {
  person.querySelector("[data-told]")?.remove();
  const told = document.createElement("p");
  told.className = "row-detail tint-gold";
  told.setAttribute("role", "alert");
  told.dataset.told = "";
  told.textContent = sentence;
  person.querySelector(".row-body").append(told);
}

// --- what the page listens to -------------------------------------------------------------------

room.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.hasAttribute("data-apart") && queue.length) {
    event.preventDefault(); // a mark that waits belongs to the groups as they sit now
    say(facts.leaving);
  } else if (form.hasAttribute("data-all")) {
    event.preventDefault();
    markTheRest(form);
  } else if (form.closest("[data-person]")) {
    event.preventDefault();
    const button = event.submitter;
    if (button?.name === "minutes") tap(form, form.elements.do.value, Number(button.value));
    else if (button) tap(form, button.value);
  }
});

function markTheRest(form) {
  for (const field of form.querySelectorAll("input[name=client]")) {
    const person = room.querySelector(`[data-person="${CSS.escape(field.value)}"]`);
    if (person?.dataset.state === "none") tap(person.querySelector(".mark-form"), "present");
  }
  form.hidden = true;
}

// Enter in the field of a reason means "excused", the one mark that a reason belongs to.
room.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.name !== "reason") return;
  event.preventDefault();
  tap(event.target.form, "excused");
});

function sendNow() {
  wait = 1_000;
  send();
}

window.addEventListener("online", sendNow);
document.addEventListener("cover:opened", sendNow);
document.addEventListener("session:renewed", sendNow);
lookAgain(room, { version: facts.version, isCovered, waits, show, count });
window.addEventListener("beforeunload", (event) => {
  if (queue.length) {
    event.preventDefault();
    event.returnValue = facts.leaving;
  }
});
setInterval(() => {
  const clock = document.querySelector("[data-clock]");
  const local = new Date(now());
  clock.textContent = new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: "numeric",
    minute: "2-digit",
    timeZone: facts.zone,
  }).format(local).replace("AM", "am").replace("PM", "pm");
}, 20_000);
