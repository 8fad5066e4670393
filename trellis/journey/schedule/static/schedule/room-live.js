// Shows what others record in this room: asks every fifteen seconds for the list, and takes from it what nobody here is at.
// A row with a mark that waits, an open panel or words in a field stays as it is; the next look brings it.
const EVERY = 15_000;

export function lookAgain(room, { version, isCovered, waits, show, count }) {
  let known = `"${version}"`;
  let asking = false;
  let missed = null;

  const isAway = () => document.hidden || !navigator.onLine || isCovered();

  async function look() {
    if (asking || isAway()) return;
    asking = true;
    const since = performance.now();
    try {
      const answer = await fetch(room.dataset.peopleUrl, {
        headers: { "X-Background": "1", "If-None-Match": known },
        cache: "no-store",
        credentials: "same-origin",
        redirect: "manual",
        signal: AbortSignal.timeout(EVERY),
      });
      await heard(answer, since);
    } catch {
      // the next look comes by itself
    } finally {
      asking = false;
    }
  }

  async function heard(answer, since) {
    if (answer.status === 200) {
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      known = answer.headers.get("ETag") || known;
      missed = { found, since };
    } else if (answer.status === 205) {
      if (!Number(room.dataset.waiting)) window.location.reload();
    } else if (answer.status === 423) document.dispatchEvent(new Event("session:locked"));
    else if (answer.status === 401 || answer.type === "opaqueredirect") document.dispatchEvent(new Event("session:over"));
    if (missed && !isAway() && take(missed)) missed = null;
  }

  // --- taking over ------------------------------------------------------------------------------

  // False where something had to stay as it was; the same list is then tried again at the next look.
  function take({ found, since }) {
    const list = found.querySelector("[data-people]");
    if (!sameShape(list) && !reshape(list)) return false;
    const all = people(list).map((row) => update(rowOf(ours(), row), row, since)).every(Boolean);
    guests(list);
    rest(found.querySelector("[data-rest]"));
    count();
    return all;
  }

  const people = (list) => [...list.querySelectorAll("[data-person]")];
  const rowOf = (list, row) => list.querySelector(`[data-person="${CSS.escape(row.dataset.person)}"]`);
  const shape = (list) =>
    [...list.querySelectorAll("[data-group], [data-person]")].map((one) => one.dataset.group || one.dataset.person).join();
  const ours = () => room.querySelector("[data-people]");
  const sameShape = (list) => shape(list) === shape(ours());

  // Somebody was added, or groups were joined or parted: the new list takes over the rows that are here already.
  function reshape(list) {
    const stays = (row, fresh) => fresh && groupOf(row) === groupOf(fresh);
    if (people(ours()).some((row) => isBusy(row) && !stays(row, rowOf(list, row)))) return false;
    const at = document.activeElement;
    const fresh = document.importNode(list, true);
    for (const row of people(fresh)) {
      const here = rowOf(ours(), row);
      if (here && stays(here, row)) row.replaceWith(here);
    }
    ours().replaceWith(fresh);
    if (at !== document.activeElement && at.isConnected) at.focus({ preventScroll: true });
    return true;
  }

  const groupOf = (row) => row.closest("[data-group]").dataset.group;

  const isBusy = (row) =>
    waits(row) ||
    row.querySelector("details[open]") !== null ||
    [...row.querySelectorAll("input:not([type=hidden])")].some((field) => field.value !== field.defaultValue);

  // A row that was marked here after the list was asked for knows better than the list.
  function update(row, fresh, since) {
    if (isBusy(row)) return false;
    if (row.touched > since) return true;
    row.dataset.marks = fresh.dataset.marks;
    row.querySelector("[data-told]")?.remove();
    body(row, fresh);
    const minutes = Number(fresh.querySelector("[data-minutes-form] [aria-pressed=true]")?.value || 0);
    show(row, fresh.dataset.state, minutes);
    const [word, theirs] = [row, fresh].map((one) => one.querySelector("[data-word]"));
    word.className = theirs.className;
    word.textContent = theirs.textContent;
    return true;
  }

  // The words about a person; whoever stands on the fold of what they wrote goes on standing there.
  function body(row, fresh) {
    const [old, now] = [row, fresh].map((one) => one.querySelector(".row-body"));
    if (old.innerHTML === now.innerHTML) return;
    const stood = old.contains(document.activeElement);
    old.innerHTML = now.innerHTML;
    if (stood) (old.querySelector("summary") || row.querySelector("button"))?.focus({ preventScroll: true });
  }

  function guests(list) {
    for (const pair of list.dataset.guests.split(" ")) {
      const [kind, number] = pair.split(":");
      const field = document.getElementById(`guest-${kind}`);
      if (field && field !== document.activeElement && field.value === field.defaultValue) {
        field.value = field.defaultValue = number;
      }
    }
  }

  function rest(fresh) {
    const old = room.querySelector("[data-rest]");
    if (!old.contains(document.activeElement)) old.innerHTML = fresh.innerHTML;
  }

  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  document.addEventListener("cover:opened", look);
}
