// Shrinks pictures before they are sent, where the browser can; without it the form works as it is.
// The page carries this script in its body, so it may be run again after a swap: once is enough.
if (!window.openbeianUpload) {
  window.openbeianUpload = true;

  const LONG_SIDE = 2400;
  const QUALITY = 0.85;
  const SMALL = 400 * 1024;
  const LIMIT = 20 * 1024 * 1024;
  const busy = new WeakMap();

  const size = (bytes) =>
    bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;

  const say = (form, text) => {
    const line = form.querySelector("[role=status]");
    if (line) line.textContent = text;
  };

  // The picture upright (its own orientation respected), its long side at most LONG_SIDE, as JPEG without metadata.
  const shrink = async (file) => {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONG_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" });
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
    if (file.size <= SMALL || !/^image\/(jpeg|png|webp)$/.test(file.type)) return;
    say(form, `正在缩小“${file.name}”…`);
    const small = await shrink(file).catch(() => file);
    if (input.files[0] !== file) return;
    if (small !== file) put(input, small);
    say(
      form,
      small === file
        ? `“${file.name}”，${size(file.size)}`
        : `已从${size(file.size)}缩小到${size(small.size)}，可以上传`,
    );
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

  // A picture that is still being shrunk is sent when it is done; one that is too large is not sent at all.
  const hold = (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.querySelector("input[type=file]")) return;
    const large = [...form.querySelectorAll("input[type=file]")].find(({ files }) => files[0]?.size > LIMIT);
    const work = busy.get(form);
    if (!work && !large) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (work) work.then(() => (event.submitter ?? form.querySelector("button")).click());
    else say(form, `没有上传“${large.files[0].name}”：图片超过了20 MB，请换一张小一点的。`);
  };
  window.addEventListener("submit", hold, true);

  document.addEventListener("htmx:xhr:progress", ({ target, detail }) => {
    if (!(target instanceof HTMLFormElement) || !detail.lengthComputable) return;
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
    if (target instanceof HTMLFormElement) say(target, "没有传上去：网络断了。请检查网络后再点一次。");
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
