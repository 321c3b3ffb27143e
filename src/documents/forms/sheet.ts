/**
 * A form to download (填报单) as content: what stands on one sheet of A4, top to bottom, without any measure. The PDF and
 * the printable page are both drawn from it, so that they never say two things.
 */

/** What stands beside a label; "" leaves a line to write on. `byHand`: the filing does not hold it, nobody forgot it. */
export type Fact = { label: string; value: string; byHand?: true };

/** 是 □ 否 □: what the provider's verifier (核验人) ticks by hand. */
export type Check = { text: string; answers: readonly string[] };

/** Where a party signs. A `seal` has room for a stamp of 40 mm, or for a fingerprint. */
export type SignLine = {
  label: string;
  kind: "name" | "seal" | "fingerprint" | "date" | "given";
  value?: string;
};

export type Party = { heading: string; pledge: string; lines: readonly SignLine[] };

export type Block =
  /** One or two facts a row. */
  | { kind: "facts"; heading: string; rows: readonly (readonly Fact[])[] }
  | { kind: "checks"; heading: string; groups: readonly { name: string; checks: readonly Check[] }[] }
  | { kind: "text"; heading: string; paragraphs: readonly string[] }
  /** A sentence to be copied by hand on so many lines. */
  | { kind: "copy"; heading: string; sentence: string; lines: number }
  | { kind: "signatures"; heading: string; parties: readonly Party[] };

export type Sheet = {
  title: string;
  /** 备案单号 and kind, small, under the title. */
  reference: string;
  blocks: readonly Block[];
  /** How to fill in and sign, small, at the foot. */
  notes: readonly string[];
  /** Said on the page alone, never printed: what the province wants besides. */
  advice: string;
  /** A form without data: then nobody is told that the filing lacks what stands empty. */
  blank?: true;
  /** Signs that the fonts lack, see `withGaps`. */
  gaps?: readonly Gap[];
  /** Values too long for the page, in full, in the order in which the page points to them, see `divided`. */
  annex?: readonly Fact[];
};

/** Signs that cannot be printed, and the label they stand beside ("" elsewhere). */
export type Gap = { label: string; signs: readonly string[] };

/** Labels of what the filing does not hold yet, under their headings; the sheet has lines there. */
export const missingFacts = ({ blocks }: Sheet): string[] =>
  blocks.flatMap((block) =>
    block.kind === "facts"
      ? block.rows.flat().flatMap(({ label, value, byHand }) => (value === "" && !byHand ? [label] : []))
      : [],
  );
