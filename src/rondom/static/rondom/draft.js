// Keeps what is typed: two seconds after typing stops, on leaving a field, and on leaving the page.
// A form takes part when it holds <input name="_draft" data-draft-url>. Without this script the button "Save draft" works.
(() => {
  "use strict";
  const PAUSE = 2000, AGAIN = 15000, KEEPALIVE_LIMIT = 60000;

  function follow(token) {
    const form = token.form;
    const status = form.querySelector("[data-draft-status]");
    let timer = 0, kept = snapshot(), sending = false, submitted = false;

    function typed() {
      const data = new FormData(form);
      for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
      return new URLSearchParams(data);
    }

    function snapshot() {
      const fields = typed();
      for (const name of [...fields.keys()]) if (name.startsWith("_") || name === "csrfmiddlewaretoken") fields.delete(name);
      return fields.toString();
    }

    function say(sentence) { if (status) status.textContent = sentence; }

    function later(pause) { clearTimeout(timer); timer = setTimeout(save, pause); }

    async function save(leaving) {
      clearTimeout(timer);
      const now = snapshot();
      if (submitted || now === kept || (sending && !leaving)) return;
      const body = typed();
      sending = true;
      try {
        const answer = await fetch(token.dataset.draftUrl, {
          method: "POST", body, credentials: "same-origin", redirect: "error",
          headers: { "X-Rondom-Draft": "1" },
          keepalive: leaving === true && body.toString().length < KEEPALIVE_LIMIT,
        });
        const sentence = answer.headers.get("Content-Type")?.startsWith("application/json")
          ? (await answer.json()).sentence : "";
        if (answer.ok) kept = now;
        say(sentence || (answer.ok ? "" : token.dataset.signedOut));
      } catch {
        say(token.dataset.failed);
        if (!leaving) later(AGAIN);
      } finally {
        sending = false;
        if (!submitted && snapshot() !== kept && !leaving) later(AGAIN);
      }
    }

    form.addEventListener("input", () => later(PAUSE));
    form.addEventListener("change", () => later(PAUSE));
    form.addEventListener("focusout", () => { if (snapshot() !== kept) later(100); });
    form.addEventListener("submit", () => { submitted = true; clearTimeout(timer); });
    form.addEventListener("invalid", () => { submitted = false; }, true);
    window.addEventListener("pagehide", () => save(true));
    window.addEventListener("pageshow", (event) => { if (event.persisted) submitted = false; });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(true); });
  }

  function begin(root) {
    for (const token of root.querySelectorAll("input[name=_draft][data-draft-url]")) {
      if (token.form && !token.dataset.followed) { token.dataset.followed = "1"; follow(token); }
    }
  }

  begin(document);
  document.addEventListener("htmx:load", (event) => begin(event.target instanceof Element ? event.target : document));
  document.addEventListener("htmx:after:swap", () => begin(document));
})();
