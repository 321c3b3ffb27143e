// The console by keyboard. What a key does stands in the page: data-key on the button, link, box or field that it means;
// here are only the rows of a list and the picture. Nothing happens while somebody types.
if (!window.openbeianConsole) {
  window.openbeianConsole = true;

  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];

  const types = (element) =>
    element.isContentEditable ||
    /^(TEXTAREA|SELECT)$/.test(element.tagName) ||
    (element.tagName === "INPUT" && !/^(checkbox|radio|submit|button)$/.test(element.type));

  // The row that C, X and Enter mean.
  const current = () => one("tr[data-row].on") ?? one("tr[data-row]");
  const choose = (row) => {
    for (const other of all("tr[data-row].on")) {
      other.classList.remove("on");
      other.removeAttribute("aria-current");
    }
    if (!row) return;
    row.classList.add("on");
    row.setAttribute("aria-current", "true");
    row.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const rows = all("tr[data-row]");
    const at = rows.findIndex((row) => row.classList.contains("on"));
    choose(rows[Math.min(Math.max(at + by, 0), rows.length - 1)]);
  };

  // The picture: turned by quarters, one to four times as large.
  const look = (change) => {
    const box = one("#look");
    if (!box) return;
    const turn = Number(box.dataset.turn);
    const zoom = Number(box.dataset.zoom);
    if (change === "turn") {
      box.dataset.turn = (turn + 1) % 4;
      return;
    }
    // What stood in the middle stays there.
    const across = (box.scrollLeft + box.clientWidth / 2) / box.scrollWidth;
    const down = (box.scrollTop + box.clientHeight / 2) / box.scrollHeight;
    box.dataset.zoom = Math.min(Math.max(zoom + Number(change), 1), 4);
    box.scrollLeft = across * box.scrollWidth - box.clientWidth / 2;
    box.scrollTop = down * box.scrollHeight - box.clientHeight / 2;
  };
  const show = (tab) => {
    const box = one("#look");
    if (!tab || !box || tab.dataset.state !== "ready" || !box.querySelector("img")) return tab?.click();
    for (const other of all(".shots a[data-src]")) other.removeAttribute("aria-current");
    tab.setAttribute("aria-current", "true");
    box.dataset.turn = 0;
    box.dataset.zoom = 1;
    const picture = new Image();
    picture.src = tab.dataset.src;
    picture.alt = tab.textContent;
    box.replaceChildren(picture);
    one("#original").href = tab.dataset.src;
  };
  const next = (by) => {
    const tabs = all(".shots a[data-src]");
    const at = tabs.findIndex((tab) => tab.hasAttribute("aria-current"));
    show(tabs[(at + by + tabs.length) % tabs.length]);
  };

  const keys = {
    j: () => one("tr[data-row]") && step(1),
    k: () => one("tr[data-row]") && step(-1),
    Enter: () => current()?.querySelector("[data-open]")?.click(),
    "/": () => one("#q")?.focus(),
    ",": () => next(-1),
    ".": () => next(1),
    "+": () => look(1),
    "=": () => look(1),
    "-": () => look(-1),
    r: () => look("turn"),
  };

  // The row's own button comes before one of the page.
  const meant = (key) => {
    const named = `[data-key="${CSS.escape(key)}"]`;
    return current()?.querySelector(named) ?? all(named).find((element) => !element.closest("tr"));
  };
  const press = (element) => {
    if (types(element)) element.focus();
    else element.click();
    const id = element.hash?.slice(1);
    if (id) document.getElementById(id)?.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const { target } = event;
    if (event.key === "Escape" && types(target)) return target.blur();
    if (types(target)) return;
    if (event.key === "Enter" && target !== document.body && !target.matches(".scroll, .pane, tr")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const element = meant(key);
    if (!element && !keys[key]) return;
    event.preventDefault();
    if (element) press(element);
    else keys[key]();
  });

  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest("[data-look], .shots a[data-src], [data-print], a[href^='#']");
      if (!link) return choose(event.target.closest("tr[data-row]") ?? one("tr[data-row].on"));
      if (link.matches("[data-print]")) return window.print();
      if (link.matches("a[href^='#']")) return reveal(link.hash.slice(1));
      event.preventDefault();
      event.stopPropagation();
      if (link.dataset.look) look(link.dataset.look);
      else show(link);
    },
    true,
  );

  // A place under 更多原因 is opened when a link leads to it.
  const reveal = (id) => {
    const place = document.getElementById(id);
    const folded = place?.closest("details");
    if (folded) folded.open = true;
    place?.focus();
  };

  // 退回 counts what is ticked, and is the main button once something is.
  document.addEventListener("change", (event) => {
    if (event.target.name !== "reason") return;
    const ticked = new Set(all("#decision [name=reason]:checked").map(({ value }) => value)).size;
    one("#count").textContent = ticked ? `${ticked}处` : "";
    one("#return").className = ticked ? "btn bad" : "btn two";
    one("#pass")?.classList.toggle("two", ticked > 0);
  });

  // The first row is the one the keys mean.
  const begin = () => choose(current());
  document.addEventListener("htmx:load", begin);
  // A new page begins at its problems, or nowhere: else the button that was pressed on the page before would be pressed
  // again on this one, and what is typed would go into the search.
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target !== document.body) return;
    const problems = one("[autofocus]");
    if (problems) problems.focus();
    else document.activeElement?.blur();
  });
  begin();
}
