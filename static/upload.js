// Pictures are shrunk before they are sent and sent in parts, so that a broken line goes on where it stopped. Without this
// script the forms work as they are. The page carries it in its body, so it may be run again after a swap: once is enough.
if (!window.openbeianUpload) {
  window.openbeianUpload = true;

  const KB = 1024;
  const LIMIT = 20 * KB * KB;
  const SMALL = 32 * KB;
  const { shrink, target } = window.openbeianShrink;
  const sendInParts = window.openbeianParts;

  const busy = new WeakMap();
  const sending = new WeakSet();
  const plain = new WeakSet();

  const size = (bytes) =>
    bytes < KB * KB ? `${Math.ceil(bytes / KB)} KB` : `${(bytes / KB / KB).toFixed(1)} MB`;

  const say = (form, text) => {
    const line = form.querySelector("[role=status]");
    if (line) line.textContent = text;
    return line;
  };

  const put = (input, file) => {
    const list = new DataTransfer();
    list.items.add(file);
    input.files = list.files;
  };

  const prepare = async (input) => {
    const form = input.form;
    const file = input.files[0];
    if (!file) return say(form, "");
    say(form, `“${file.name}”，${size(file.size)}`);
    if (file.size <= target || !/^image\/(jpeg|png|webp)$/.test(file.type)) return;
    say(form, `正在缩小“${file.name}”…`);
    const small = await shrink(file).catch(() => file);
    if (input.files[0] !== file) return;
    if (small === file) return say(form, `“${file.name}”，${size(file.size)}`);
    put(input, small);
    const whole = Object.assign(document.createElement("button"), { type: "button", className: "link" });
    whole.textContent = `改传原图（${size(file.size)}）`;
    whole.onclick = () => {
      put(input, file);
      say(form, `将上传原图“${file.name}”，${size(file.size)}`);
    };
    say(form, `已从${size(file.size)}缩小到${size(small.size)}，可以上传。看不清小字时再 `)?.append(whole);
  };

  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type !== "file" || !input.form) return;
    const form = input.form;
    const work = Promise.all([busy.get(form), prepare(input).catch(() => say(form, ""))]).then(() => {
      if (busy.get(form) === work) busy.delete(form);
    });
    busy.set(form, work);
  });

  const chosen = (form) => [...form.querySelectorAll("input[type=file]")].filter(({ files }) => files.length);

  const press = (form, button) => (button ?? form.querySelector("button:not([type=button])")).click();

  // The form itself is small then: in place of each file it names what is there already.
  const sendParts = async (form, button) => {
    const stands = [];
    for (const input of chosen(form)) {
      const value = await sendInParts(form, input.files[0], (text) => say(form, text));
      const hidden = Object.assign(document.createElement("input"), { type: "hidden", value });
      stands.push([input, Object.assign(hidden, { name: `${input.name}Upload` })]);
    }
    say(form, "已传完，正在检查…");
    for (const [input, hidden] of stands) {
      form.append(hidden);
      input.disabled = true;
    }
    plain.add(form);
    press(form, button);
    for (const [input, hidden] of stands) {
      hidden.remove();
      input.disabled = false;
    }
  };

  const failed = (form, button, reason) => {
    if (reason === "line")
      return say(
        form,
        "没有传完：网络断了。网络恢复后再点一次，会从断的地方接着传；刷新过页面的，重新选同一张图片。",
      );
    // Signed out, too much, or no such page: the form goes as it is, and its answer says what is the matter.
    plain.add(form);
    press(form, button);
  };

  // A picture that is still being shrunk is sent when it is done; one that is too large is not sent at all.
  const hold = (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.querySelector("input[type=file]")) return;
    if (plain.delete(form)) return;
    const button = event.submitter;
    const large = chosen(form).find(({ files }) => files[0].size > LIMIT);
    const work = busy.get(form);
    const inParts = form.dataset.parts && chosen(form).some(({ files }) => files[0].size > SMALL);
    if (!work && !large && !inParts) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (work) work.then(() => press(form, button));
    else if (large) say(form, `没有上传“${large.files[0].name}”：图片超过了20 MB，请换一张小一点的。`);
    else if (!sending.has(form)) {
      sending.add(form);
      sendParts(form, button)
        .catch((reason) => failed(form, button, reason))
        .finally(() => sending.delete(form));
    }
  };
  window.addEventListener("submit", hold, true);

  document.addEventListener("htmx:xhr:progress", ({ target, detail }) => {
    if (!(target instanceof HTMLFormElement) || !detail.lengthComputable || target.dataset.parts) return;
    const part = Math.floor((detail.loaded / detail.total) * 100);
    if (detail.elt === target) say(target, part < 100 ? `正在上传：${part}%` : "已传完，正在检查…");
  });

  // What was pressed is gone with its slot: the keyboard goes on from the slot's name.
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const slot = document.getElementById(detail.target?.id ?? "");
    if (detail.requestConfig?.verb !== "post" || document.activeElement !== document.body) return;
    slot?.querySelector("h3[tabindex]")?.focus({ preventScroll: true });
  });

  document.addEventListener("htmx:sendError", ({ target }) => {
    if (target instanceof HTMLFormElement)
      say(target, "没有传上去：网络断了。请检查网络后再点一次，传过的不用重传。");
  });

  // An answer without the slot is another page (login, an error): show it whole instead of an empty slot.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const id = detail.target?.id ?? "";
    if (!id.startsWith("m-") || detail.serverResponse.includes(`id="${id}"`)) return;
    detail.target = document.body;
    detail.swapOverride = "innerHTML";
    detail.selectOverride = "unset";
  });
}
