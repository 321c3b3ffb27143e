// While a form of a filing is filled in: what the server answers never disturbs what is being typed. Sent in one file with
// htmx, see lib/assets.ts. The page says what is asked when (views/portal/section/page.eta); requests go one after another.
(() => {
  const byId = (id) => document.getElementById(id);
  const formHere = () => byId("autosave")?.closest("form");
  const SAVES = /^(autosave|typing)$/;

  // What is being asked now was read off the form at this moment.
  let sent;
  let kept = [];
  let touched = [];
  // How the form read when nothing of it was left to be saved or checked.
  let clean;
  let composing = false;

  const readingOf = (data) =>
    JSON.stringify([...data].filter(([name]) => !/^(version|shown|csrf)$/.test(name)));
  const asSent = (control) => {
    const values = sent.getAll(control.name);
    return /^(checkbox|radio)$/.test(control.type)
      ? control.checked === values.includes(control.value)
      : values.length === 0 || control.value === values[0];
  };

  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, parameters, triggeringEvent } = event.detail;
    const form = formHere();
    if (!form?.contains(elt)) return;
    const data = new FormData(form);
    const isSave = SAVES.test(elt.id);
    // Two changes while the line was busy are one save.
    if (isSave && readingOf(data) === clean) return event.preventDefault();
    if (elt.id === "typing") parameters.typing = triggeringEvent?.target?.name ?? "";
    sent = data;
    sent.checks = elt.id !== "typing";
  });

  // Part of the form is about to be drawn anew: what was typed since the request is put back into it.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const form = formHere();
    kept = [];
    if (!sent || !form?.contains(detail.target) || SAVES.test(detail.target.id)) return;
    const active = document.activeElement;
    if (composing && detail.target.contains(active)) return wait(detail, form);
    sent.overtaken = 0;
    for (const control of detail.target.querySelectorAll("[name]"))
      if (!/^(hidden|submit)$/.test(control.type) && !asSent(control))
        sent.overtaken = kept.push({
          ...{ name: control.name, value: control.value, checked: control.checked },
          caret: control === active ? [control.selectionStart, control.selectionEnd] : undefined,
        });
  });

  // Signs that are still being composed (拼音) would be lost with their control: the part is asked for again afterwards.
  const wait = (detail, form) => {
    detail.shouldSwap = false;
    sent.overtaken = 1;
    const version = /id="version" value="(\d+)"/.exec(detail.serverResponse)?.[1];
    if (version) form.elements.version.value = version;
    const again = detail.requestConfig.triggeringEvent.target;
    document.addEventListener(
      "compositionend",
      () => again.dispatchEvent(new Event("change", { bubbles: true })),
      {
        once: true,
      },
    );
  };

  document.addEventListener("htmx:afterSwap", () => {
    const form = formHere();
    if (!form) return;
    for (const { name, value, checked, caret } of kept) {
      const controls = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
      const control = controls.find((one) => one.value === value && one.type === "checkbox") ?? controls[0];
      if (!control || control.type === "hidden") continue;
      if (/^(checkbox|radio)$/.test(control.type)) control.checked = checked;
      else control.value = value;
      if (caret?.[0] != null) control.setSelectionRange(...caret);
    }
    kept = [];
  });

  // What is said of a value that was changed meanwhile is said of the past: the next answer will say it.
  document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    const key = /^(.+)-e$/.exec(detail.target.id)?.[1];
    const control = key && byId(key);
    if (!control || !sent) return;
    if (control.name && !asSent(control)) detail.shouldSwap = false;
    else touched.push(key);
  });

  document.addEventListener("htmx:afterOnLoad", ({ detail }) => {
    const form = formHere();
    if (detail.successful && sent && form) {
      for (const key of touched) tidy(byId(key));
      if (SAVES.test(detail.elt.id) && sent.checks) clean = readingOf(sent);
      // The fields were drawn anew with all that is to be said of them.
      if (detail.elt.id === "steers" && !sent.overtaken) clean = readingOf(new FormData(form));
    }
    touched = [];
  });

  // The control is marked as wrong or right, and reads in the spelling that was kept; not while somebody is in it.
  const tidy = (control) => {
    const marks = byId(`${control.id}-e`);
    const isWrong = marks.querySelector(".err") !== null;
    control.closest(".field").classList.toggle("bad", isWrong);
    if (!control.matches(".in")) return;
    if (isWrong) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    const kept = marks.querySelector("data")?.value;
    if (kept === undefined) return;
    const typed = control.value;
    const put = () => {
      if (control.value === typed) control.value = kept;
    };
    if (document.activeElement === control) control.addEventListener("blur", put, { once: true });
    else put();
  };

  document.addEventListener("compositionstart", () => {
    composing = true;
  });
  document.addEventListener("compositionend", () => {
    composing = false;
  });

  // Back on the line: what could not be saved is saved.
  window.addEventListener("online", () => formHere()?.dispatchEvent(new Event("change", { bubbles: true })));

  // A page that came by htmx leads to its control as one that was loaded does.
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target !== document.body) return;
    clean = undefined;
    sent = undefined;
    const id = location.hash.slice(1) || new URLSearchParams(location.search).get("at");
    // After the other scripts have had their say.
    if (id && !document.querySelector("[autofocus]")) queueMicrotask(() => byId(id)?.focus());
  });
})();
