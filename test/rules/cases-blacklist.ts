import { nothingElsewhere } from "../../src/rules/elsewhere.ts";
import type { Elsewhere } from "../../src/rules/index.ts";
import type { FilingData, FilingKind, Section } from "../../src/vocabulary/filing.ts";
import type { Case, Change, Edge } from "./cases.ts";

/** What of the faultless filing stands in a 黑名单. */
const listed = (found: Partial<Elsewhere["listed"]>, over: Change = {}): Change => ({
  ...over,
  context: { elsewhere: { ...nothingElsewhere, listed: { ...nothingElsewhere.listed, ...found } } },
});

const kind = (value: FilingKind, ...closed: Section["kind"][]): Change => ({
  edit(data: FilingData) {
    data.kind = value;
    const [site] = data.websites;
    for (const section of [data.subject, ...(site ? [site, ...site.accesses] : [])])
      section.open = !closed.includes(section.kind);
    if (site) site.before = { domains: ["example.cn"] };
  },
});

const speaks = (...changes: Change[]): Edge[] => changes.map((change) => ({ change, finds: true }));
const silent = (...changes: Change[]): Edge[] => changes.map((change) => ({ change, finds: false }));

/** Rules about the 黑名单 of the bureaus. */
export const blacklistCases: Record<string, Case> = {
  "certificate-blacklisted": {
    says: /证件在管局的黑名单中，暂不能备案，请联系我们/,
    field: "certNo",
    bad: listed({ certificate: true }),
    good: listed({ domains: ["example.cn"] }),
    edge: [
      ...speaks(listed({ certificate: true }, kind("change"))),
      ...silent(
        listed({ certificate: true }, kind("cancel")),
        listed({ certificate: true }, kind("add", "subject")),
      ),
    ],
  },
  "copied-blacklisted": {
    says: /证件在管局的黑名单中/,
    bad: listed({ certificate: true }, kind("add", "subject")),
    good: listed({ certificate: true }),
    edge: [
      ...speaks(
        listed({ certificate: true }, kind("join", "subject", "website")),
        listed({ domains: ["example.cn"] }, kind("join", "subject", "website")),
      ),
      ...silent(
        listed({ domains: ["example.com"] }, kind("join", "subject", "website")),
        listed({ certificate: true }, kind("change", "subject")),
      ),
    ],
  },
  "domain-blacklisted": {
    says: /“example.cn”在管局的黑名单中，暂不能备案/,
    field: "domains",
    bad: listed({ domains: ["EXAMPLE.CN"] }),
    good: listed({ domains: ["example.com"] }),
    edge: [
      ...speaks(
        listed({ below: ["example.cn"] }),
        listed({ domains: ["xn--fiq228c.cn"] }, { website: { domains: ["中文.cn"], homePages: [] } }),
        listed({ domains: ["example.cn"] }, kind("change")),
      ),
      ...silent(listed({ domains: ["ample.cn"] }), listed({ domains: ["example.cn"] }, kind("cancel"))),
    ],
  },
};
