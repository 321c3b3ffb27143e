import { dateText, isoDate } from "../../lib/dates.ts";
import { MOST } from "../../models/certificate/change.ts";
import { hasSides } from "../../models/certificate/kinds.ts";
import { type Term, termOf, type Use } from "../../models/certificate/list.ts";
import type { Certificate } from "../../models/certificate/rows.ts";
import { UNLIMITED } from "../../vocabulary/validity.ts";
import { sizeText } from "./material-cards.ts";

export const wordsOf = {
  full: `证件管理里最多放${MOST}份，已经放满了。请先删掉不用的，或者直接在备案单里上传`,
};

/** A certificate as pages draw it. */
export type CertificateCard = {
  id: number;
  href: string;
  kind: string;
  label: string;
  note: string;
  holder: string;
  thumb: string | null;
  picture: string | null;
  state: Certificate["state"];
  tone: "ok" | "warn" | "bad" | "";
  /** How long it holds, what to do when that is not long. */
  term: string;
  isOver: boolean;
  isReady: boolean;
  /** 11月20日存入，320 KB */
  kept: string;
  /** Filings that have it now, then those that had it. */
  uses: Use[];
};

const tones: Record<Term, CertificateCard["tone"]> = {
  unknown: "",
  unlimited: "ok",
  good: "ok",
  ending: "warn",
  over: "bad",
};

export function certificateCard(one: Certificate, uses: readonly Use[], now: Date): CertificateCard {
  const { id, kind, label, note, holder, state } = one;
  const term = termOf(one, isoDate(now));
  const href = `/certificates/${id}`;
  // Another picture has another address, so that a browser may keep the thumbnail.
  const version = `?v=${one.pictureAt.getTime()}`;
  const size = state === "ready" ? `，${sizeText(one.bytes)}` : "";
  return {
    ...{ id, href, kind, label, note, holder, state },
    thumb: one.hasPicture ? `${href}/thumbnail${version}` : null,
    picture: one.hasPicture ? `${href}/full${version}` : null,
    tone: state === "failed" ? "bad" : tones[term],
    term: termText(one, term, now),
    isOver: term === "over",
    isReady: state === "ready",
    kept: `${dateText(one.pictureAt, now)}存入${size}`,
    uses: uses
      .filter(({ certificateId }) => certificateId === id)
      .sort((a, b) => Number(b.now) - Number(a.now)),
  };
}

/** Three months are asked of identity cards alone (rule F05); another paper ends all the same. */
function termText({ validUntil, kind }: Certificate, term: Term, now: Date): string {
  if (term === "unknown") return "没有填写有效期";
  if (term === "unlimited") return `有效期：${UNLIMITED}`;
  const day = dateText(validUntil, now);
  if (term === "over") return `${day}已经过期，请换成新的`;
  if (term === "good") return `有效期至${day}`;
  return `有效期至${day}，不到3个月，${hasSides(kind) ? "备案时会退回，请尽快换证" : "请及时换新"}`;
}
