import { createWorker, OEM, PSM } from "tesseract.js";
import { projectPath } from "../../lib/project.ts";
import type { Recogniser } from "./cells.ts";

/** The packaged model of simplified Chinese. It lies on the disk: nothing is ever fetched, and no copy is kept. */
const MODEL = projectPath("node_modules", "@tesseract.js-data", "chi_sim", "4.0.0_best_int");

/** Starts the engine, which takes about a second and 200 MB. `close` lets go of both. */
export async function openTesseract(): Promise<{ recognise: Recogniser; close(): Promise<void> }> {
  const engine = await createWorker("chi_sim", OEM.LSTM_ONLY, {
    langPath: MODEL,
    cacheMethod: "none",
    // Without one a failure is thrown where nobody can catch it; the call that failed says so itself.
    errorHandler: () => undefined,
  });
  await engine.setParameters({ tessedit_pageseg_mode: PSM.SINGLE_LINE, user_defined_dpi: "300" });
  let known = "";
  const recognise: Recogniser = async (png, only = "") => {
    if (only !== known) await engine.setParameters({ tessedit_char_whitelist: only });
    known = only;
    const { text, confidence } = (await engine.recognize(png, {}, { text: true })).data;
    return { text: text.trim(), confidence };
  };
  return { recognise, close: async () => void (await engine.terminate()) };
}
