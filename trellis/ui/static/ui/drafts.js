// Drafts are kept on the server. A form with data-draft="<url>" sends its fields there after two quiet seconds.
const QUIET = 2000;

export function token(form) {
  const field = form.querySelector("input[name=csrfmiddlewaretoken]");
  const page = JSON.parse(document.body.getAttribute("hx-headers") || "{}");
  return field ? field.value : page["X-CSRFToken"] || "";
}

export async function saveDraft(form, { keepalive = false } = {}) {
  const fields = new FormData(form);
  fields.delete("csrfmiddlewaretoken");
  for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
  const answer = await fetch(form.dataset.draft, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { "X-CSRFToken": token(form), Accept: "application/json" },
    credentials: "same-origin",
    keepalive,
  });
  if (!answer.ok) throw new Error(String(answer.status));
  const told = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
  return told.saved_at || clockTime();
}

function clockTime() {
  return new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit" }).format(new Date());
}

function watch(form) {
  const status = form.querySelector("[data-draft-status]");
  let timer = 0;
  let running = false;
  let again = false;

  const say = (key, time = "") => {
    if (status) status.textContent = (status.dataset[key] || "").replace("{time}", time);
  };
  const send = async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    again = false;
    try {
      say("saved", await saveDraft(form));
    } catch {
      say("waiting");
      timer = setTimeout(send, 5 * QUIET);
    } finally {
      running = false;
      if (again) send();
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(send, QUIET);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}

document.querySelectorAll("form[data-draft]").forEach(watch);
