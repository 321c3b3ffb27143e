// Sends a file in parts to the address that its form names (`data-parts`), so that a broken line goes on where it stopped.
// Sent in one file with upload.js. Gives what the form says in place of the file; fails with "line" or "refused".
window.openbeianParts ??= (() => {
  const KB = 1024;
  const PART = 32 * KB;
  const MOST = 192 * KB;
  const QUICK = 2000;
  const WAITS = [1, 2, 4, 8, 15, 15, 15];

  // A name made of the bytes (FNV-1a twice): the same file chosen again after a reload has the same.
  const nameOf = (bytes) => {
    let [one, two] = [0x811c9dc5, 0x9e3779b9];
    for (const byte of bytes) {
      one = Math.imul(one ^ byte, 0x01000193);
      two = Math.imul(two ^ byte ^ (two >>> 15), 0x85ebca6b);
    }
    return [one, two].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
  };

  // How many bytes are there, after a part or without one. Fails with "line" where a later try may help.
  const post = (form, fields, progress) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", form.dataset.parts);
      request.responseType = "json";
      request.timeout = 90_000;
      request.upload.onprogress = ({ loaded }) => progress?.(loaded);
      request.onerror = request.ontimeout = () => reject("line");
      request.onload = () => {
        const { received } = request.response ?? {};
        return Number.isInteger(received)
          ? resolve(received)
          : reject(request.status >= 502 ? "line" : "refused");
      };
      const data = new FormData();
      for (const [name, value] of Object.entries({ csrf: form.elements.csrf.value, ...fields }))
        data.set(name, value);
      request.send(data);
    });

  const pause = (seconds) =>
    new Promise((resolve) => {
      setTimeout(resolve, seconds * 1000);
      window.addEventListener("online", resolve, { once: true });
    });

  // Sends what is not there yet; what is there is asked first, and after each break of the line.
  return async (form, file, say) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const named = { name: nameOf(bytes), size: bytes.length };
    let [at, step, broken] = [undefined, PART, 0];
    while (at !== bytes.length)
      try {
        at ??= await post(form, named);
        const from = at;
        const tell = (sent) => {
          const part = Math.min(99, Math.floor(((from + sent) / bytes.length) * 100));
          say(`正在上传“${file.name}”：${part}%`);
        };
        tell(0);
        const part = new Blob([bytes.subarray(from, from + step)]);
        const began = Date.now();
        if (from < bytes.length) at = await post(form, { ...named, start: from, part }, tell);
        broken = at > from ? 0 : broken + 1;
        if (broken > WAITS.length) throw "refused";
        if (Date.now() - began < QUICK) step = Math.min(step * 2, MOST);
      } catch (reason) {
        if (reason !== "line" || broken >= WAITS.length) throw reason;
        at = undefined;
        say("网络断了，恢复后自动接着传，已经传上去的不用重传…");
        await pause(WAITS[broken++]);
      }
    return `${named.name}:${bytes.length}:${file.name}`;
  };
})();
