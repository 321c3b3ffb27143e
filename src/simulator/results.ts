import { cancelCodes, INTERFACE_VERSION, type ResultCode } from "../gateways/bureau/index.ts";
import { type Element, writeXml } from "../gateways/bureau/xml.ts";
import { wordsOf } from "./checks.ts";
import { type Content, MARK, shownTo } from "./content.ts";
import type { Filing } from "./state.ts";
import { timeText } from "./times.ts";

const APPROVED = 1001;
const REFUSED = 1002;
const NEWS = 1062;

const download = (part: Element): string =>
  writeXml(["DownloadData", [["ICP", [part]]]], { version: INTERFACE_VERSION });

const machineElement = (codes: ResultCode[], operation: number, about: string): Element => [
  "Jg_xx",
  [
    ...codes.map(
      ({ code, words }): Element => [
        "Jgxx",
        [
          ["Jgdm", String(code)],
          ["Dmms", words],
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
): string => download(["BAJG", [machineElement(codes, operation, about)]]);

/** BAJG with the good news that the addresses match; it decides nothing. */
export const news = (filing: Filing): string => machineResult([{ code: NEWS, words: wordsOf(NEWS) }], filing);

/** BAJG with the decision of a person: approved, or returned with words; one entry for each thing decided on. */
export function decision({ state, operation, about, decidedAs, words }: Filing, at: number): string {
  const approved = state === "approved";
  const code = approved ? APPROVED : REFUSED;
  return download([
    "BAJG",
    [
      machineElement([{ code, words: wordsOf(code) }], operation, about),
      [
        "GJSHS",
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
  ]);
}

/** BASJ: what is on record of a subject and some of its websites, as one provider is shown it. */
export const numbers = (content: Content, ispId: number, siteIds: readonly number[]): string =>
  download(["BASJ", [shownTo(content, ispId, siteIds)]]);

/** ZXSJ: what is no longer on record, by the bureau's ids. */
export const cancellations = (
  cancelled: { of: keyof typeof cancelCodes; bureauId: number; remark: string }[],
): string =>
  download([
    "ZXSJ",
    cancelled.map(
      ({ of, bureauId, remark }): Element => [
        "Zxxx",
        [
          ["Zxlb", String(cancelCodes[of])],
          ["Jlid", String(bureauId)],
          ...(remark === "" ? [] : [["Bz", remark] as const]),
        ],
      ],
    ),
  ]);
