import { controlIds } from "../../forms/material.ts";
import { addMonths, dateText, dayText } from "../../lib/dates.ts";
import type { Filing } from "../../models/filing/rows.ts";
import type { SlotStatus, SlotView } from "../../models/material/overview.ts";
import type { Material } from "../../models/material/rows.ts";
import { faultWords } from "../../rules/pictures.ts";
import { filingPath, type Problem } from "../../view.ts";
import { type FormLink, formLinks } from "./form-links.ts";
import { failureText } from "./pictures.ts";

/** One slot as the page draws it; see views/portal/materials/_slot.eta. */
export type Card = {
  /** Id of the element, `m-form-12`; what htmx replaces. */
  id: string;
  slot: string;
  sectionId: number;
  materialId: number | null;
  label: string;
  tag: "必需" | "选填" | "共用";
  state: { tone: "bad" | "busy" | "ok" | "dim"; words: string };
  /** What makes the picture hard to read. */
  faults: string[];
  /** What is the matter and what to do. */
  lines: string[];
  hints: string[];
  thumb: string | null;
  /** Which drawing shows what is meant, until a picture is there. */
  sample: string;
  picture: string | null;
  /** The page asks again by itself until the copies are there. */
  polls: boolean;
  mayChange: boolean;
  mayTurn: boolean;
  /** Address of the forms of this slot. */
  action: string;
  /** Both sides of an identity card may be given apart. */
  sides: boolean;
  /** The papers that the system fills in for this slot, to download or to print. */
  forms: FormLink[];
  ids: ReturnType<typeof controlIds>;
  errors: { picture: string | undefined; signedOn: string | undefined };
  /** 签字日期, of the form alone: what stands in the control, and what is said of it. */
  signature: { value: string; words: string | null } | null;
};

const stateWords: Record<SlotStatus, Card["state"]> = {
  empty: { tone: "dim", words: "未上传" },
  processing: { tone: "busy", words: "处理中" },
  ready: { tone: "ok", words: "已就绪" },
  failed: { tone: "bad", words: "处理失败，请重新上传" },
  returned: { tone: "bad", words: "审核退回，请重新上传" },
};

/** A slot that shares the picture of another one has none of its own to upload. */
const shared: Card["state"] = { tone: "dim", words: "不用上传" };

/** What came back wrong with a form just sent, and what was typed in it. */
export type Sent = { slot: string; sectionId: number; problems: Problem[]; formSignedOn: string };

/** Makes the card of a slot. */
export function cardOf(filing: Filing, view: SlotView, now: Date, sent?: Sent): Card {
  const { slot, material, status } = view;
  const own = slot.sameAs === null;
  const ids = controlIds(slot);
  const mine = sent?.slot === slot.slot && sent.sectionId === slot.sectionId ? sent : undefined;
  const error = (field: string) => mine?.problems.find((problem) => problem.field === field)?.text;
  const action = `${filingPath(filing)}/materials/${slot.slot}`;
  const shown = material?.thumbnailFile ? material : undefined;
  return {
    id: `m-${slot.slot}-${slot.sectionId}`,
    slot: slot.slot,
    sectionId: slot.sectionId,
    materialId: own ? (material?.id ?? null) : null,
    label: slot.label,
    tag: own ? (slot.required ? "必需" : "选填") : "共用",
    state: own ? stateWords[status] : shared,
    faults: own && status === "ready" ? (material?.faults ?? []).map((fault) => faultWords[fault]) : [],
    lines: linesOf(view, now),
    hints: [own ? slot.hint : "", slot.provinceHint].filter((hint) => hint !== ""),
    sample: slot.sample,
    thumb: shown ? addressOf(filing, shown, "thumbnail") : null,
    picture: shown ? addressOf(filing, shown, "full") : null,
    polls: status === "processing",
    mayChange: view.mayChange,
    mayTurn: view.mayChange && status === "ready",
    action,
    sides: slot.slot === "leader" || slot.slot === "siteLeader",
    forms: formLinks(filing, slot),
    ids,
    errors: { picture: error(ids.picture), signedOn: error(ids.signedOn) },
    signature: slot.slot === "form" ? signatureOf(filing, now, mine) : null,
  };
}

/** Names this very picture, so that a browser may keep the thumbnail. */
const addressOf = (filing: Filing, { id, slot, sectionId }: Material, copy: "full" | "thumbnail"): string =>
  `${filingPath(filing)}/materials/${slot}/${copy}?section=${sectionId}&v=${id}`;

function linesOf({ slot, material, status, returned }: SlotView, now: Date): string[] {
  if (slot.sameAs) return [slot.hint];
  if (status === "returned") return [ended(returned ?? "")];
  if (status === "failed") return [failureText(material?.problem ?? null)];
  if (status === "processing") return ["可以先做别的，通常不到1分钟就好；这里没有更新的，请刷新页面。"];
  if (!material) return [];
  const bureau = material.bureauBytes === null ? "" : `，已缩小到${sizeText(material.bureauBytes)}`;
  return [`${dateText(material.uploadedAt, now)}上传，原图${sizeText(material.originalBytes)}${bureau}`];
}

/** Staff write their notes with and without a full stop. */
const ended = (text: string): string => (text === "" || /[。！？]$/.test(text) ? text : `${text}。`);

/** Three months from the signature, see the guard `formFresh`. */
function signatureOf({ formSignedOn }: Filing, now: Date, mine: Sent | undefined): Card["signature"] {
  const words = formSignedOn
    ? `签字日期${dateText(formSignedOn, now)}，${dayText(addMonths(formSignedOn, 3), now)}前有效`
    : null;
  return { value: mine?.formSignedOn ?? formSignedOn ?? "", words };
}

/** 96 KB, 3.2 MB; a space before units, as everywhere. */
export function sizeText(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1).replace(/\.0$/, "")} MB`;
}
