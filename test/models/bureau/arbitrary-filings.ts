import fc from "fast-check";
import { type Content, type Known, nothingKnown } from "../../../src/models/bureau/parts.ts";
import type {
  FilingData,
  FilingKind,
  Scope,
  Values,
  WebsiteSection,
} from "../../../src/vocabulary/filing.ts";
import { provinceRule } from "../../../src/vocabulary/province-rules.ts";
import { number, passwordHash, picture } from "../../gateways/bureau/arbitrary-operations.ts";
import { accessValues, cancellationValues, subjectValues, websiteValues } from "./arbitrary-values.ts";

/** Sections are numbered from 1 on, what is on record from 1001 on, what the bureau says from 9001 on. */
const OURS = 1000;
const BUREAUS = 9000;

type Drawn = {
  kind: FilingKind;
  scope: Scope;
  subject: Values;
  websites: { values: Values; accesses: Values[] }[];
  cancellation: Values;
  number: string;
  scan: Uint8Array;
  passwordHash: string;
};

function contentFrom({
  kind,
  scope,
  subject,
  websites,
  cancellation,
  number: filed,
  scan,
  ...rest
}: Drawn): Content {
  let next = 0;
  const section = (values: Values) => {
    next += 1;
    return { id: next, position: next, values, ...(kind === "change" ? { recordId: next + OURS } : {}) };
  };
  const data: FilingData = {
    kind,
    scope,
    subject: { kind: "subject", ...section({ ...subject, number: filed }) },
    websites: websites.map(({ values, accesses }) => ({
      kind: "website",
      ...section({ ...values, number: `${filed}-1` }),
      accesses: accesses.map((one) => ({ kind: "access", ...section(one) })),
    })),
    cancellation: { kind: "cancellation", ...section(cancellation) },
    materials: [],
  };
  return {
    data,
    targetId:
      (scope === "subject"
        ? data.subject
        : scope === "website"
          ? data.websites[0]
          : data.websites[0]?.accesses[0])!.id + OURS,
    ids: {
      domains: data.websites.flatMap((site, at) =>
        (site.values.domains as string[]).map((one, index) => ({
          id: 100 * (at + 1) + index,
          sectionId: site.id,
          domain: one,
        })),
      ),
      ips: data.websites.flatMap(({ accesses }) =>
        accesses.flatMap(({ id, values }) =>
          (values.ips as string[]).map((typed, index) => {
            const [first = "", last = first] = typed.split("-");
            return { id: 100 * id + index, sectionId: id, first, last };
          }),
        ),
      ),
    },
    known: kind === "change" || kind === "cancel" ? knownOf(data, filed) : nothingKnown,
    pictures: data.websites.map(({ id }) => ({ slot: "preApproval", sectionId: id, bytes: scan })),
    province: provinceRule("330000"),
    bureauIspId: 1001,
    onBehalf: false,
    ...rest,
  };
}

function knownOf({ subject, websites }: FilingData, filed: string): Known {
  const on = ({ id }: { id: number }) => ({ id: id + OURS, bureauId: id + BUREAUS });
  return {
    subject: { ...on(subject), number: filed },
    websites: websites.map((site: WebsiteSection) => ({ ...on(site), number: `${filed}-${site.id}` })),
    accesses: websites.flatMap(({ accesses }) => accesses.map(on)),
    domains: [],
    ips: [],
  };
}

const website = fc.record({
  values: websiteValues,
  accesses: fc.array(accessValues, { minLength: 1, maxLength: 3 }),
});

/** Everything an upload of a filing is made of. */
export const contentOf = (kind: FilingKind): fc.Arbitrary<Content> =>
  fc
    .record({
      kind: fc.constant(kind),
      scope: fc.constantFrom("subject" as const, "website" as const, "access" as const),
      subject: subjectValues,
      websites: fc.array(website, { minLength: 1, maxLength: 3 }),
      cancellation: cancellationValues,
      number,
      scan: picture,
      passwordHash,
    })
    .map(contentFrom);
