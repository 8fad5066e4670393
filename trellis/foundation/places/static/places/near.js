// The device's position is asked for only when this button is tapped. It goes into a form that is posted, so that it
// stands in no address, and the server rounds it to about a kilometer and forgets it.
const form = document.querySelector("form[data-finder]");
const button = form?.querySelector("[data-near]");
const told = form?.querySelector("[data-near-told]");

if (button && "geolocation" in navigator) {
  button.hidden = false;
  button.addEventListener("click", () => {
    told.textContent = button.dataset.waiting;
    navigator.geolocation.getCurrentPosition(send, () => (told.textContent = button.dataset.failed), {
      enableHighAccuracy: false,
      timeout: 15000,
      maximumAge: 300000,
    });
  });
}

function send({ coords }) {
  set("latitude", coords.latitude.toFixed(2));
  set("longitude", coords.longitude.toFixed(2));
  form.elements.near.value = "";
  form.method = "post";
  form.submit();
}

function set(name, value) {
  const field = form.elements[name] ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
  field.value = value;
}

// Links that people share say only what was asked for.
form?.addEventListener("submit", () => {
  for (const field of form.elements) if (field.name && !field.value && form.method === "get") field.disabled = true;
});
window.addEventListener("pageshow", () => {
  for (const field of form?.elements ?? []) field.disabled = false;
});
