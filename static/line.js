// Says it when the line is dead, when somebody must sign in again, or when a page cannot be saved any more: htmx by
// itself stays silent. Sent in one file with htmx, since every page has both.
(() => {
  const ID = "line";

  const say = (text) => {
    let note = document.getElementById(ID);
    if (!note) {
      note = document.createElement("p");
      note.id = ID;
      note.className = "note warn";
      note.setAttribute("role", "alert");
      document.querySelector("main")?.prepend(note);
    }
    note.textContent = text;
    const saved = document.getElementById("saved-text");
    if (saved) saved.textContent = "刚才填的还没有保存。";
  };

  // A save by itself that does not get through is said only where the last one stands: nobody has asked for it.
  const isSave = ({ id }) => /^(autosave|typing)$/.test(id);
  const dead = ({ detail: { elt } }) => {
    const saved = document.getElementById("saved-text");
    if (isSave(elt) && saved) saved.textContent = "没有连上服务器，刚才填的还没有保存。";
    else if (!isSave(elt))
      say("没有连上服务器，刚才的内容还没有保存或提交。请不要关闭页面，网络恢复后再点一次。");
  };
  document.addEventListener("htmx:sendError", dead);
  document.addEventListener("htmx:timeout", dead);

  document.addEventListener("htmx:afterRequest", ({ detail: { xhr, elt, successful } }) => {
    if (isSave(elt) && xhr.status === 409)
      return say("这件备案单刚才办理过，现在不能修改，刚才填的没有保存。请刷新页面，看看现在到了哪一步。");
    if (isSave(elt) && /\/login$/.test(new URL(xhr.responseURL || "/", location.href).pathname))
      return say("登录已过期，刚才填的还没有保存。请在新窗口登录，再回到这里点“只保存草稿”。");
    if (successful) document.getElementById(ID)?.remove();
  });
})();
