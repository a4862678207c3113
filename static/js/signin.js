// Signing in without leaving the page: in a small window of its own, since a sign-in may lead to a
// code by mail, a second step or another provider. The window says when it is done (signed-in.js).

export class SignIn {
  constructor(marks) {
    this.marks = marks;
    this.dialog = document.getElementById("sign-in-again");
    this.asked = "";
    for (const link of document.querySelectorAll("[data-sign-in-window]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        window.open(link.href, "sign-in", "popup,width=520,height=760");
      });
    }
    document.querySelector("#unsent-marks [data-sign-in]").addEventListener("click", () => this.open(this.marks.trouble));
    new BroadcastChannel("signed-in").addEventListener("message", () => this.marks.soon(0));
    window.addEventListener("focus", () => {
      if (this.asked) this.marks.soon(0);
    });
  }

  // Once for each trouble: who chose "later" goes on and finds the way on the page.
  ask(trouble) {
    if (this.asked === trouble) return;
    this.asked = trouble;
    this.open(trouble);
  }

  open(trouble) {
    for (const part of this.dialog.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== trouble;
    this.dialog.querySelector("[data-count]").textContent = this.marks.size;
    // Another question may stand; it is answered first.
    if (!document.querySelector("dialog[open]")) this.dialog.showModal();
  }

  done() {
    if (!this.asked) return;
    this.asked = "";
    this.dialog.close();
  }
}
