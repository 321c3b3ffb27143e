// Shrinks a picture in the browser. Sent in one file with upload.js.
window.openbeianShrink ??= (() => {
  const KB = 1024;
  // At 50 kbit/s this much takes 21 seconds. A paper with 1600 pixels or more is legible, and the bureau takes 73 KB.
  const TARGET = 128 * KB;
  // Long side in pixels and quality, the best first.
  const STEPS = [
    [2400, 0.8],
    [2000, 0.7],
    [2000, 0.5],
    [1800, 0.4],
    [1600, 0.35],
    [1600, 0.2],
    [1280, 0.2],
  ];
  const drawn = (bitmap, side) => {
    const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return canvas;
  };

  // WebP shows more for the same bytes; a browser that cannot write it gives PNG, and then JPEG is asked for.
  const encoded = async (canvas, quality) => {
    const as = (type) => new Promise((resolve) => canvas.toBlob(resolve, type, quality));
    const webp = await as("image/webp");
    return webp?.type === "image/webp" ? webp : as("image/jpeg");
  };

  // The picture upright (its own orientation respected), without metadata, as good as TARGET allows.
  const shrink = async (file) => {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    let canvas;
    let best = file;
    for (const [side, quality] of STEPS) {
      if (canvas?.side !== side) canvas = Object.assign(drawn(bitmap, side), { side });
      const blob = await encoded(canvas, quality);
      if (blob && blob.size < best.size) best = blob;
      if (best.size <= TARGET) break;
    }
    bitmap.close();
    if (best === file) return file;
    return new File([best], file.name.replace(/(\.[^.]*)?$/, `.${best.type.slice(6)}`), { type: best.type });
  };

  return { shrink, target: TARGET };
})();
