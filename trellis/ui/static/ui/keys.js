// Two keys for people at work: "/" finds a client, "?" shows the keys. Never while somebody types.
const help = document.getElementById("keys");

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

function find() {
  const field = document.querySelector("input[data-find]");
  if (field) field.focus();
  else if (document.body.dataset.findUrl) window.location.assign(document.body.dataset.findUrl);
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "/" && find()) event.preventDefault();
  if (event.key === "?" && help) help.showModal();
});
