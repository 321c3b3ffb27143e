import { blankProductCheck, type ProductCheck, productControls } from "../../forms/product-check.ts";
import { type AnswerKey, blankAnswers, type CheckAnswers } from "../../forms/type-check.ts";
import type { Registrant } from "../../models/actor.ts";
import { ispSettings } from "../../models/isp/settings.ts";
import { findRecord } from "../../models/record/rows.ts";
import type { RootStore } from "../../models/store.ts";
import type { Path } from "../../models/type-check/paths.ts";
import { openChoices, settledPath, type TypeCheck } from "../../models/type-check/rows.ts";
import type { Problem } from "../../view.ts";
import { codeLabel } from "../../vocabulary/code-tables.ts";
import { field, maskedValue } from "../../vocabulary/fields/index.ts";
import { type ProductTypeName, productType } from "../../vocabulary/product-types.ts";
import type { Held } from "./held.ts";
import { choiceWords, foundWords, pathWords } from "./type-check-words.ts";

/** What each path asks for besides the check. */
const asked: Record<Path, readonly AnswerKey[]> = {
  first: [],
  add_here: [],
  add_elsewhere: ["number", "password"],
  join: ["number", "name", "siteName", "password"],
  change: [],
  foreign_domain: [],
};

/** The controls of a path; the name of a subject on record is known. */
export const askedBy = (check: TypeCheck, path: Path): readonly AnswerKey[] =>
  asked[path].filter((key) => key !== "name" || check.subjectId === null);

/** What keeps a filing from being opened here, whatever is filled in. */
export function obstacleOf(
  check: TypeCheck,
  path: Path | undefined,
): "other_account" | "foreign" | "change" | undefined {
  const { certificate, domain } = check.evidence;
  if (path === "foreign_domain" || (path === "change" && !domain.own)) return "foreign";
  if (certificate.here && !certificate.own) return "other_account";
  return path === "change" ? "change" : undefined;
}

export type Shown = {
  values?: CheckAnswers;
  product?: ProductCheck;
  problems?: readonly Problem[];
  held?: readonly Held[];
  /** 换一种: the choice is shown again. */
  choosing?: boolean;
};

/** What the provider asks about products here. */
export async function productStep(
  store: RootStore,
  ispId: number,
): Promise<{ required: boolean; types: readonly ProductTypeName[] }> {
  const { products } = await ispSettings(store.db, ispId);
  return { required: products.required, types: products.types };
}

/** Everything that the page of a check shows. */
export async function checkedPage(
  store: RootStore,
  actor: Registrant,
  check: TypeCheck,
  provider: string,
  shown: Shown,
) {
  const choices = openChoices(check);
  const path = shown.choosing && choices.length > 1 ? undefined : settledPath(check);
  const { required, types } = await productStep(store, actor.ispId);
  const product = shown.product ?? blankProductCheck;
  const values = shown.values ?? { ...blankAnswers, siteName: check.found.websiteName ?? "" };
  return {
    check,
    path,
    words: path && pathWords[path],
    found: foundWords(check, provider),
    facts: factsOf(check),
    choices: choices.length > 1 ? choices.map((code) => ({ code, ...choiceWords[code] })) : [],
    preset:
      check.chosen ?? (check.wanted === "join" ? "join" : check.wanted === "add" ? "add_elsewhere" : ""),
    asked: path ? askedBy(check, path) : [],
    obstacle: obstacleOf(check, path),
    values: { ...values, password: "" },
    product: {
      required,
      type: product.type,
      types: types.map((code) => ({ code, label: productType(code).label })),
      controls: productControls(product, shown.problems ?? []),
    },
    problems: shown.problems ?? [],
    held: shown.held ?? [],
    record: check.subjectId === null ? undefined : await findRecord(store, check.subjectId, actor),
  };
}

/** What was asked about, as text. */
function factsOf({ inputs }: TypeCheck): { label: string; text: string }[] {
  const values = { nature: inputs.nature, certType: inputs.certType, certNo: inputs.certNo };
  return [
    { label: "主办单位性质", text: codeLabel("unit_nature", inputs.nature) },
    { label: "证件号码", text: maskedValue(field("subject", "certNo"), values) },
    { label: "域名", text: inputs.domain },
  ];
}
