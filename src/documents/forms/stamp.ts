import { isIndividual } from "../../vocabulary/code-tables.ts";
import type { Values } from "../../vocabulary/filing.ts";
import type { SignLine } from "./sheet.ts";

/** Beside the signature of the organiser: the unit's stamp or a person's fingerprint; before the 性质 is known for both. */
export function stampOf({ nature }: Values): SignLine {
  if (isIndividual(nature)) return { label: "本人按手印", kind: "fingerprint" };
  return { label: nature ? "单位盖章" : "单位盖章（个人按手印）", kind: "seal" };
}

/** The same as a sentence of the notes. */
export function stampWords({ nature }: Values): string {
  if (isIndividual(nature)) return "签名旁按右手食指手印。";
  return nature ? "签名旁加盖单位公章。" : "单位加盖公章，个人按右手食指手印。";
}
