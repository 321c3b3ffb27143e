import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { recordXml, type SendProblem, Unsendable } from "../../../src/gateways/bureau/index.ts";
import { uploadOf } from "../../../src/models/bureau/operation.ts";
import { type Content, type Known, nothingKnown } from "../../../src/models/bureau/parts.ts";
import { check } from "../../../src/rules/index.ts";
import {
  type Field,
  fieldsOf,
  readValues,
  type SectionKind,
  type Values,
} from "../../../src/vocabulary/fields/index.ts";
import type { FilingData } from "../../../src/vocabulary/filing.ts";
import { provinceRule } from "../../../src/vocabulary/province-rules.ts";
import * as sample from "../../rules/sample.ts";

const test = suite("a character that the rules let pass");

/** Signs at every edge: euro, private use, beyond GBK, beyond the basic plane, controls, halves, selectors, accents. */
const signs = fc.oneof(
  fc.constantFrom(
    ..."€\ue000\uf8ff㐀龦𠮷🍵\u0000\u0007\u001f\ufffe\uffff\ufe0f\u0301éïñ·•﹒～￥¥©®™№ﬁ①⑳ⅩＡ１茶-&<>'\"",
  ),
  fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  fc.integer({ min: 0x80, max: 0xffff }).map((code) => String.fromCharCode(code)),
);
const typed = fc.array(signs, { minLength: 1, maxLength: 3 }).map((all) => `茶${all.join("")}叶`);

const TYPED = ["text", "tel", "email", "area", "lines", "approvals"];
/** Every field that is typed and sent; addresses of machines are kept as such and hold no text. */
const places = (["subject", "website", "cancellation"] as const).flatMap((section) =>
  fieldsOf(section)
    .filter(({ bureau, kind }) => bureau !== null && TYPED.includes(kind))
    .map((field) => ({ section, field })),
);

const base: Record<"subject" | "website" | "cancellation", Values> = {
  subject: { ...sample.company, messengerType: "qq", messenger: "12345" },
  website: {
    ...sample.website,
    ...sample.leader,
    leaderMessengerType: "msn",
    preApprovals: ["2"],
    approvalNumber2: "1号",
  },
  cancellation: { reason: "1", explanation: "停办" },
};

/** The values of a section after somebody typed this into the field, as they are kept. */
function kept(section: keyof typeof base, { key, kind, parts }: Field, text: string): Values {
  const typedInto = kind === "approvals" ? "approvalNumber2" : (parts[0]?.key ?? key);
  return readValues(fieldsOf(section), { [typedInto]: text, [`_${key}`]: "" }, base[section]);
}

function contentOf(section: keyof typeof base, values: Values): Content {
  const parts = { ...base, [section]: values };
  const data: FilingData = {
    ...sample.filing({ subject: parts.subject, website: parts.website }),
    ...(section === "cancellation" && {
      ...{ kind: "cancel" as const, scope: "subject" as const },
      cancellation: { kind: "cancellation", id: 4, position: 1, values: parts.cancellation },
    }),
  };
  const subject = { id: 1, bureauId: 9001, number: "浙ICP备2026000001号" };
  const known: Known = section === "cancellation" ? { ...nothingKnown, subject } : nothingKnown;
  return {
    ...{ data, known, targetId: 1, province: provinceRule("330000"), bureauIspId: 1001, onBehalf: false },
    ids: {
      domains: [parts.website.domains ?? []]
        .flat()
        .map((domain, index) => ({ id: 10 + index, sectionId: 2, domain })),
      ips: [{ id: 5, sectionId: 3, first: "203.0.113.18", last: "203.0.113.18" }],
    },
    pictures: [{ slot: "preApproval", sectionId: 2, bytes: Buffer.from([1]) }],
  };
}

const passes = ({ data }: Content, section: SectionKind, key: string): boolean =>
  !check(data, sample.context).some(
    (finding) => finding.rule === "text-gbk" && finding.section.kind === section && finding.field === key,
  );

function problemsOf(content: Content): SendProblem["kind"][] {
  try {
    recordXml(uploadOf(content), "V.3.0");
    return [];
  } catch (error) {
    if (!(error instanceof Unsendable)) throw error;
    return error.problems.map(({ kind }) => kind);
  }
}

const STRANGE: SendProblem["kind"][] = ["not_in_gbk", "illegal_character"];

for (const { section, field } of places)
  test(`can be sent, in ${field.summaryLabel}, and one that cannot is found at entry`, () => {
    fc.assert(
      fc.property(typed, (text) => {
        const content = contentOf(section, kept(section, field, text));
        const strange = problemsOf(content).some((kind) => STRANGE.includes(kind));
        assert.is(passes(content, section, field.key), !strange, JSON.stringify(text));
      }),
      { numRuns: 40 },
    );
  });

test("stands in every field that is sent", () => {
  assert.ok(places.length > 20, String(places.length));
});

test.run();
