import { type Tree, textAt } from "../gateways/bureau/xml.ts";
import { ownerOf } from "./check-pictures.ts";
import { checkFiling, codeOf } from "./checks.ts";
import { aboutRecord, type Examination, nothingElse } from "./examination.ts";
import { type Bureau, findSite, findSubject } from "./permits.ts";
import type { Filing } from "./state.ts";

const WEBSITE = "2";

/** What a picture is handed in for: something on record, or what this provider has waiting, by its own id. */
function ownerIn(bureau: Bureau, attachment: Tree): { code: number } | Partial<Filing> {
  const by = {
    id: textAt(attachment, "Fjssdx/Ssdxbs/Jlid"),
    number: textAt(attachment, "Fjssdx/Ssdxbs/Baxh"),
  };
  const isSite = textAt(attachment, "Fjssdx/Ssdxlx") === WEBSITE;
  const waiting = bureau.waiting.find(
    ({ ispId, subjectId, sites }) =>
      ispId === bureau.ispId &&
      (isSite ? sites.map(({ id }) => id) : [subjectId]).includes(Number(by.id ?? 0)),
  );
  if (waiting && by.id !== "0") return { name: waiting.name, province: waiting.province };
  const place = isSite ? findSite(bureau, by) : findSubject(bureau, by);
  if ("code" in place) return place;
  return aboutRecord("record" in place ? place.record : place);
}

/** 单独提交核验材料: one picture. */
export function examineSupplement(bureau: Bureau, attachment: Tree): Examination {
  const about = ownerOf(attachment).slice(2);
  const owner = ownerIn(bureau, attachment);
  const found = checkFiling({
    ...nothingElse(bureau),
    attachments: [attachment],
    owners: new Set([ownerOf(attachment)]),
  });
  if ("code" in owner) return { found: [codeOf(owner.code), ...found], filing: { about, decidedAs: [] } };
  return { found, filing: { about, decidedAs: [], ...owner } };
}
