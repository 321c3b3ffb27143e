import { cancelCodes, type ResultCode } from "../gateways/bureau/index.ts";
import type { Element } from "../gateways/bureau/xml.ts";
import { wordsOf } from "./checks.ts";
import { type Content, MARK, shownTo } from "./content.ts";
import { icpXml } from "./sent/download.ts";
import type { Filing } from "./state.ts";
import { timeText } from "./times.ts";

const APPROVED = 1001;
const REFUSED = 1002;
const NEWS = 1062;
/** Dmms has room for no more. */
const MAX_WORDS = 255;

/** What is to be said in one element of ICP; several of the same element go into one file. */
export type Part = { element: string; entries: Element[] };

/** Parts of one element as one file. In BAJG what machines found stands before what persons decided. */
export function partsXml(parts: readonly Part[]): string {
  const [{ element } = { element: "" }] = parts;
  const all = parts.flatMap(({ entries }) => entries);
  const decided = all.flatMap(([name, content]) =>
    name === DECIDED && typeof content !== "string" ? content : [],
  );
  const rest = all.filter(([name]) => name !== DECIDED);
  return icpXml(element, decided.length > 0 ? [...rest, [DECIDED, decided]] : rest);
}

/** 管局审核: below it stand the decisions of persons. */
const DECIDED = "GJSHS";

const machineElement = (codes: ResultCode[], operation: number, about: string): Element => [
  "Jg_xx",
  [
    ...codes.map(
      ({ code, words }): Element => [
        "Jgxx",
        [
          ["Jgdm", String(code)],
          ["Dmms", words.slice(0, MAX_WORDS)],
        ],
      ],
    ),
    ["Czlx", String(operation)],
    ...(about === "" ? [] : [["Bs", about] as const]),
    ["Bz", MARK],
  ],
];

/** BAJG with what the machine found; `about` is "" when the whole file is rejected. */
export const machineResult = (
  codes: ResultCode[],
  { operation, about }: Pick<Filing, "operation" | "about">,
): Part => ({ element: "BAJG", entries: [machineElement(codes, operation, about)] });

/** BAJG with the good news that the addresses match; it decides nothing. */
export const news = (filing: Filing): Part => machineResult([{ code: NEWS, words: wordsOf(NEWS) }], filing);

/** BAJG with the decision of a person: approved, or returned with words; one entry for each thing decided on. */
export function decision({ state, operation, about, decidedAs, words }: Filing, at: number): Part {
  const approved = state === "approved";
  const code = approved ? APPROVED : REFUSED;
  return {
    element: "BAJG",
    entries: [
      machineElement([{ code, words: wordsOf(code) }], operation, about),
      [
        DECIDED,
        decidedAs.map(
          (id): Element => [
            "Gjsh",
            [
              ["Shsj", timeText(at)],
              ["Shyj", words],
              ["Shjg", approved ? "1" : "0"],
              ["Czlx", String(operation)],
              ["Jlid", String(id)],
            ],
          ],
        ),
      ],
    ],
  };
}

/** BASJ: what is on record of a subject and some of its websites, as one provider is shown it. */
export const numbers = (content: Content, ispId: number, siteIds: readonly number[]): Part => ({
  element: "BASJ",
  entries: [shownTo(content, ispId, siteIds)],
});

/** ZXSJ: what is no longer on record, by the bureau's ids. */
export const cancellations = (
  cancelled: { of: keyof typeof cancelCodes; bureauId: number; remark: string }[],
): Part => ({
  element: "ZXSJ",
  entries: cancelled.map(
    ({ of, bureauId, remark }): Element => [
      "Zxxx",
      [
        ["Zxlb", String(cancelCodes[of])],
        ["Jlid", String(bureauId)],
        ...(remark === "" ? [] : [["Bz", remark] as const]),
      ],
    ],
  ),
});
