import { type Filing, filingTitle } from "../../models/filing/rows.ts";
import { type StoredSection, sectionsOf } from "../../models/filing/sections.ts";
import { editable, stepOf } from "../../models/filing/states.ts";
import { stepsOf } from "../../models/filing/steps.ts";
import { type IspSettings, ispSettings } from "../../models/isp/settings.ts";
import { slotsWithMaterials } from "../../models/material/overview.ts";
import type { Store } from "../../models/store.ts";
import { filingPath } from "../../view.ts";
import { type Card, cardOf, type Sent } from "./material-cards.ts";

export type Group = { id: string; title: string; cards: Card[] };

export type Counts = { needed: number; ready: number; processing: number; again: number; missing: number };

/** Which of the two pages: ② 上传证件及核验单, or ④ 拍照上传. */
export type Phase = "entry" | "photo";

/** Everything that the page of the materials, or of the photo, shows. */
export async function materialsPage(store: Store, filing: Filing, phase: Phase, sent?: Sent) {
  const now = new Date();
  const [views, sections] = await Promise.all([slotsWithMaterials(store, filing), sectionsOf(store, filing)]);
  const { curtainText, verification } = await ispSettings(store.db, filing.ispId);
  const shown = views.filter(({ slot }) => slot.phase === phase);
  const cards = shown.map((view) => cardOf(filing, view, now, sent));
  return {
    filing,
    path: `${filingPath(filing)}/${phase === "photo" ? "photo" : "materials"}`,
    title: filingTitle(filing),
    curtainText,
    ways: verification,
    step: stepOf(filing),
    steps: await stepsOf(store, filing),
    intro: introOf(
      filing,
      phase,
      cards.some((card) => card.mayChange),
      verification,
    ),
    isEditable: editable.includes(filing.state),
    mayChange: cards.some((card) => card.mayChange),
    groups: groupsOf(filing, sections, cards),
    counts: countsOf(shown),
    problems: sent?.problems ?? [],
  };
}

/** What may be done here now, first of all. */
function introOf(
  { state }: Filing,
  phase: Phase,
  mayChange: boolean,
  ways: IspSettings["verification"],
): string {
  if (phase === "photo")
    return mayChange
      ? `${photoWords(ways)}手机拍的照片直接传，20 MB以内都可以。`
      : "现在不能上传核验照片：信息初审通过以后才到这一步，审核中也不能更换。";
  if (!mayChange) return "现在不能更换材料：备案单正在审核，或者已经过了这一步。";
  return state === "photo_due"
    ? "信息初审已经通过，这里只能更换核验单，其他材料不能再改。"
    : "手机拍的照片直接传，20 MB以内都可以，大小和方向由系统处理。";
}

/** With what the photo is taken, as far as the provider offers it. */
function photoWords(ways: IspSettings["verification"]): string {
  const [posted, own] = [ways.includes("curtain"), ways.includes("own-backdrop")];
  if (posted && own) return "请网站负责人在我们寄的或自己准备的幕布前拍一张半身照。";
  if (posted) return "请网站负责人在我们寄的幕布前拍一张半身照。";
  if (own) return "请网站负责人在自己准备的幕布前拍一张半身照。";
  return "请网站负责人拍一张半身照。";
}

/** The subject's slots first, then those of each website. */
function groupsOf(filing: Filing, sections: readonly StoredSection[], cards: readonly Card[]): Group[] {
  const owners = [
    ...sections.filter(({ kind }) => kind === "subject"),
    ...sections.filter(({ kind }) => kind === "website"),
  ];
  return owners
    .map(({ id, kind, values }) => ({
      id: `g-${id}`,
      title:
        kind === "subject" ? "主体的材料" : `网站“${values.siteName || filing.domain || "未命名"}”的材料`,
      cards: cards.filter(({ sectionId }) => sectionId === id),
    }))
    .filter((group) => group.cards.length > 0);
}

function countsOf(views: Awaited<ReturnType<typeof slotsWithMaterials>>): Counts {
  const needed = views.filter(({ slot }) => slot.required && slot.sameAs === null);
  const count = (...states: string[]) => needed.filter(({ status }) => states.includes(status)).length;
  return {
    needed: needed.length,
    ready: count("ready"),
    processing: count("processing"),
    again: count("failed", "returned"),
    missing: count("empty"),
  };
}
