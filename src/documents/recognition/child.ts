import { setPriority } from "node:os";
import { readCells } from "./cells.ts";
import type { Answer, Question } from "./reader.ts";
import { openTesseract } from "./tesseract.ts";

/**
 * A process of its own that reads pictures, one after the other as they are asked for. It runs behind everything else,
 * and ends with the process that started it. It says nothing but the answer: what stands on a picture is in no log.
 */
const BEHIND_OTHERS = 10;

async function answer(question: Question): Promise<Answer> {
  const { recognise } = await engine;
  const end = Date.now() + question.milliseconds;
  const cells = await readCells(question.jpeg, recognise, () => Date.now() > end);
  return { id: question.id, cells };
}

function lower(): void {
  try {
    setPriority(BEHIND_OTHERS);
  } catch {
    // Where the system does not allow it, it reads at the usual priority.
  }
}

lower();
const engine = openTesseract();
process.on("disconnect", () => process.exit(0));
process.on("message", (question: Question) => {
  const failed = (): Answer => ({ id: question.id, cells: null });
  answer(question)
    .catch(failed)
    .then((result) => process.send?.(result));
});
