// Draws a frame over the picture of the page 裁剪: what lies outside is cut off. It only fills in the four numbers of the
// form, which work without it. Keyboard and screen reader use the numbers.
(() => {
  const form = document.getElementById("crop");
  const box = form?.querySelector("img")?.parentElement;
  if (!box || box.dataset.ready) return;
  box.dataset.ready = "1";

  const EDGES = ["left", "top", "right", "bottom"];
  const NEAR = 28;
  const LEAST = 10;
  const input = (edge) => form.elements[edge];
  const value = (edge) => Math.min(90, Math.max(0, Number.parseInt(input(edge).value, 10) || 0));

  Object.assign(box.style, { position: "relative", overflow: "hidden", touchAction: "none", cursor: "move" });
  const frame = document.createElement("div");
  Object.assign(frame.style, {
    position: "absolute",
    border: "3px dashed #fff",
    outline: "2px solid #000",
    boxShadow: "0 0 0 9999px rgb(0 0 0 / .55)",
    boxSizing: "border-box",
    pointerEvents: "none",
  });
  box.append(frame);
  const how = document.getElementById("crop-how");
  if (how) how.textContent = "拖动白框的边或角，框外的剪掉；也可以填下面的数字。证件的四个角要留在框里。";

  const draw = () => {
    for (const edge of EDGES) frame.style[edge] = `${value(edge)}%`;
  };

  // Which edges are held: those near the finger, two at a corner.
  let held = [];
  const at = ({ clientX, clientY }) => {
    const { left, top, width, height } = box.getBoundingClientRect();
    const [x, y] = [((clientX - left) / width) * 100, ((clientY - top) / height) * 100];
    return { left: x, top: y, right: 100 - x, bottom: 100 - y, width, height };
  };
  const opposite = { left: "right", right: "left", top: "bottom", bottom: "top" };

  box.addEventListener("pointerdown", (event) => {
    const point = at(event);
    const away = (edge) =>
      (Math.abs(point[edge] - value(edge)) / 100) * (/left|right/.test(edge) ? point.width : point.height);
    held = EDGES.filter((edge) => away(edge) < NEAR && away(edge) <= away(opposite[edge]));
    if (held.length === 0) return;
    box.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  box.addEventListener("pointermove", (event) => {
    const point = at(event);
    for (const edge of held) {
      const most = Math.min(90, 100 - LEAST - value(opposite[edge]));
      input(edge).value = Math.round(Math.min(most, Math.max(0, point[edge])));
    }
    if (held.length > 0) draw();
  });
  for (const end of ["pointerup", "pointercancel"])
    box.addEventListener(end, () => {
      held = [];
    });
  form.addEventListener("input", draw);
  draw();
})();
