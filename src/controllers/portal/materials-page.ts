import type { Filing } from "../../models/filing/rows.ts";
import { sectionsOf } from "../../models/filing/sections.ts";
import { stepOf } from "../../models/filing/states.ts";
import { slotsWithMaterials } from "../../models/material/overview.ts";
import type { Store } from "../../models/store.ts";
import { type Card, cardOf, type Sent } from "./material-cards.ts";

export type Group = { id: string; title: string; cards: Card[] };

export type Counts = { needed: number; ready: number; processing: number; again: number; missing: number };

/** Which of the two pages: ② 上传证件及核验单, or ④ 拍照上传. */
export type Phase = "entry" | "photo";

/** Everything that the page of the materials, or of the photo, shows. */
export async function materialsPage(store: Store, filing: Filing, phase: Phase, sent?: Sent) {
  const now = new Date();
  const [views, sections] = await Promise.all([slotsWithMaterials(store, filing), sectionsOf(store, filing)]);
  const shown = views.filter(({ slot }) =>
    phase === "photo" ? slot.phase === "photo" : slot.phase === "entry",
  );
  const cards = shown.map((view) => cardOf(filing, view, now, sent));
  const groups: Group[] = sections
    .filter(({ kind }) => kind !== "access")
    .sort((a, b) => (a.kind === b.kind ? a.position - b.position : a.kind === "subject" ? -1 : 1))
    .map(({ id, kind, values }) => ({
      id: `g-${id}`,
      title:
        kind === "subject" ? "主体的材料" : `网站“${values.siteName || filing.domain || "未命名"}”的材料`,
      cards: cards.filter(({ sectionId }) => sectionId === id),
    }))
    .filter((group) => group.cards.length > 0);
  return {
    filing,
    path: `/filings/${filing.number}/${phase === "photo" ? "photo" : "materials"}`,
    name: filing.siteName || filing.domain || filing.number,
    step: stepOf(filing),
    mayChange: cards.some((card) => card.mayChange),
    groups,
    counts: countsOf(shown),
    problems: sent?.problems ?? [],
  };
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
