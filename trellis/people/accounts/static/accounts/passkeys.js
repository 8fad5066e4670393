// Passkeys are offered only where the browser knows them; when the person turns back, the page stays as it was.
if (window.PublicKeyCredential) {
  document.querySelectorAll("[data-shown-with-passkeys]").forEach((form) => form.removeAttribute("hidden"));
}
document.addEventListener("allauth.error", (event) => event.preventDefault());
