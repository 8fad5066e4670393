// Leaving fast: the page is blanked before anything else happens. Without JavaScript the link is a plain link.
const link = document.querySelector("[data-exit]");

function leave() {
  document.documentElement.replaceChildren();
  document.title = "";
  signOut();
  window.location.replace(link.dataset.exitUrl);
}

// A sign-out the server accepts without waiting for an answer. The form of the page carries the token.
function signOut() {
  if (!signOutUrl) return;
  const body = new FormData();
  body.append("csrfmiddlewaretoken", token);
  navigator.sendBeacon(signOutUrl, body);
}

const signOutUrl = document.body.dataset.signoutUrl;
const token = JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";

if (link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  // Shift three times within two seconds. Escape is not used: it stops a page that loads.
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    if (event.repeat) return;
    presses = [...presses.filter((at) => event.timeStamp - at < 2000), event.timeStamp];
    if (presses.length >= 3) leave();
  });
}

// A page that comes back out of the browser's memory is asked for again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
