/* Says on the page what the browser told the script: a passkey was refused, cancelled or unknown. */
document.addEventListener("allauth.error", (event) => {
  const place = document.getElementById("passkey-error");
  if (!place) return;
  event.preventDefault();
  const words = place.dataset;
  const kind = event.detail.exception && event.detail.exception.name;
  place.textContent = kind === "InvalidStateError" ? words.known : words.failed;
  place.hidden = false;
});
