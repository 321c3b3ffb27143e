import fc from "fast-check";
import { plain } from "../../../src/gateways/bureau/build.ts";
import { notInGbk } from "../../../src/gateways/bureau/gbk.ts";
import { filingPasswordHash, type Operation } from "../../../src/gateways/bureau/index.ts";

/**
 * Operations at random for the interface: characters at the edge of GBK, what XML would misread, blanks and line ends,
 * the shortest and the longest that each element takes.
 */

/** 〇々·（）, radicals, full-width, box drawing, the last and rarest of GBK, and what XML has a meaning for. */
const STRANGE = [..."〇々·（）「」…①ⅣＡ１；　─ǎГЯ丂亠龥镕堃喆玥囍〞郎凉兀嗀﨎﨏&<>\"'];]-\t\n\r "];
const sign = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...STRANGE) },
  { weight: 3, arbitrary: fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCharCode(code)) },
  { weight: 2, arbitrary: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) },
);

/** A text as it is after it went through XML, `least` to `most` characters long, now and then exactly as long. */
export function text(most: number, least = 1): fc.Arbitrary<string> {
  const length = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: least, max: Math.min(most, least + 30) }) },
    { weight: 1, arbitrary: fc.constantFrom(least, most) },
  );
  return length.chain((size) =>
    fc
      .array(sign, { minLength: size, maxLength: size })
      .map((signs) => signs.join(""))
      .map((typed) => plain(typed).padEnd(least, "茶"))
      .filter((typed) => notInGbk(typed).length === 0),
  );
}

/** As it is typed: with blanks and line ends that do not come through. */
export const untidy = (inner: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom("", " ", "\r\n", "\t　"), inner, fc.constantFrom("", "  ", "\n"))
    .map((all) => all.join(""));

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });
const id = fc.oneof(fc.integer({ min: 1, max: 99_999 }), fc.constantFrom(1, Number.MAX_SAFE_INTEGER));
const code = (most: number) => fc.oneof(fc.integer({ min: 1, max: most }), fc.constantFrom(1, most));
const codes = fc.array(code(64), { minLength: 1, maxLength: 3 });
export const digits = (least: number, most: number) =>
  fc.stringMatching(new RegExp(`^[0-9]{${least},${most}}$`));
export const phone = digits(11, 11);
/** Several numbers are joined by `;`. */
export const phones = fc.array(phone, { minLength: 1, maxLength: 10 }).map((all) => all.join(";"));
export const email = fc.constantFrom("a@b.cn", "liu@example.cn;zhou@example.cn", `${"a".repeat(122)}@ab.cn`);
export const domain = fc.constantFrom("a.cn", "qingshan-tea.com.cn", "示例.中国", `${"a".repeat(125)}.cn`);
export const number = fc.constantFrom("浙ICP备2026000001号", "京ICP备12345678号-12", "粤ICP证070001号");
const bytes = (most: number) =>
  fc.uint8Array({ minLength: 1, maxLength: most }).map((all) => Buffer.from(all));
/** The last three bytes of a picture of the largest size make four characters. */
export const picture = fc.oneof(
  { weight: 8, arbitrary: bytes(60) },
  { weight: 1, arbitrary: fc.constant(Buffer.alloc(76_800, 7)) },
);

const person = fc.record({
  name: text(128),
  officePhone: maybe(phones),
  mobile: phone,
  email,
  msn: maybe(text(128, 6)),
  qq: maybe(digits(5, 12)),
  certificateType: maybe(code(999)),
  certificateNumber: maybe(text(128)),
});

const area = fc.integer({ min: 100_000, max: 999_999 });
const subjectWith = (certificateTypes: number) => ({
  id,
  name: text(255),
  nature: code(999),
  investor: maybe(text(255)),
  area: fc.record({ province: area, city: area, county: maybe(area) }),
  address: maybe(text(1024)),
  certificate: fc.record({ type: code(certificateTypes), number: text(255), address: text(1024) }),
  person,
  reportedBy: fc.constantFrom(0 as const, 1 as const),
  remark: maybe(text(1024)),
});

const address = fc.integer({ min: 0, max: 0xffff_ffff });
const dotted = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
export const range = fc.tuple(address, address).map(([one, other]) => ({
  from: dotted(Math.min(one, other)),
  to: dotted(Math.max(one, other)),
}));
const rangeWith = (known: Record<string, fc.Arbitrary<number | undefined>>) =>
  fc.tuple(range, fc.record({ id, ...known })).map(([addresses, ids]) => ({ ...ids, ...addresses }));
const accessWith = (
  known: Record<string, fc.Arbitrary<number>>,
  range: Record<string, fc.Arbitrary<number | undefined>>,
) =>
  fc.record({
    id,
    ...known,
    places: codes,
    modes: codes,
    ips: fc.array(rangeWith(range), { minLength: 1, maxLength: 3 }),
  });

/** Names are joined by `;`, so none holds one. */
const name = text(100).filter((typed) => !typed.includes(";"));
const approval = fc.record({
  type: code(64),
  number: text(512),
  scans: fc.array(picture, { minLength: 1, maxLength: 3 }),
});
const websiteWith = (homePageLength: number) => ({
  id,
  names: fc.array(name, { minLength: 1, maxLength: 4 }),
  approvals: fc.array(approval, { maxLength: 2 }),
  serviceContents: codes,
  languages: codes,
  person,
  homePage: maybe(text(homePageLength, 4)),
  remark: maybe(text(1024)),
});
const some = <T>(one: fc.Arbitrary<T>, least = 1) => fc.array(one, { minLength: least, maxLength: 3 });
const newDomain = fc.record({ id, name: domain });
const newWebsite = (homePageLength = 255) =>
  fc.record({ ...websiteWith(homePageLength), domains: some(newDomain), accesses: some(accessWith({}, {})) });

const changedSubject = (types: number) => fc.record({ ...subjectWith(types), bureauId: id, number });
const changedWebsite = (known: fc.Arbitrary<number | undefined>) =>
  fc.record({
    ...websiteWith(255),
    bureauId: id,
    number,
    domains: some(fc.record({ id, bureauId: known, name: domain })),
    accesses: some(accessWith({ bureauId: id }, { bureauId: known })),
  });

const ref = fc.oneof(fc.record({ number }), fc.record({ bureauId: id }));
const kind = fc.constantFrom("subject" as const, "website" as const);
const attachmentWith = <T>(owner: fc.Arbitrary<T>) =>
  fc.record({ format: code(2), purpose: code(5), bytes: picture, owner, remark: maybe(text(256)) });
const ours = some(attachmentWith(fc.record({ kind, id })), 0);
const onRecord = (least = 0) => some(attachmentWith(fc.record({ kind, ref })), least);
export const passwordHash = fc.string().map(filingPasswordHash);
const day = fc.constantFrom("2026-11-22", "2028-02-29", "1999-12-31");

const kinds: { [Kind in Operation["kind"]]: fc.Arbitrary<unknown> } = {
  first: fc.record({ subject: fc.record(subjectWith(999)), websites: some(newWebsite()), attachments: ours }),
  add: fc.record({
    subject: ref,
    websites: some(newWebsite(512)),
    attachments: onRecord(),
    passwordHash: maybe(passwordHash),
  }),
  join: fc.record({ website: ref, access: accessWith({}, {}), attachments: onRecord(), passwordHash }),
  change: fc.record({
    subject: changedSubject(11),
    websites: some(changedWebsite(maybe(id))),
    attachments: onRecord(),
    passwordHash: maybe(passwordHash),
  }),
  cancel: fc.record({
    of: fc.constantFrom("subject", "website", "access"),
    bureauId: id,
    reason: code(999),
    explanation: maybe(text(1000)),
    passwordHash: maybe(passwordHash),
  }),
  supplement: fc.record({ attachments: onRecord(1) }),
  "inquiry-answer": fc.record({
    correct: fc.boolean(),
    checkedBy: text(128),
    checkedOn: day,
    unit: id,
    opinion: code(999),
    faults: maybe(text(4000)),
    subject: changedSubject(999),
    websites: some(changedWebsite(id)),
  }),
  "unfiled-site-answer": fc.record({
    domain,
    ip: address.map(dotted),
    operator: digits(1, 6).filter((typed) => Number(typed) > 0),
    accessProvider: digits(1, 6).filter((typed) => Number(typed) > 0),
    province: id,
    result: code(999),
    opinion: text(255),
    reportedOn: day,
    dueOn: day,
    contact: maybe(fc.record({ name: text(128), phone: maybe(phones), email: maybe(email) })),
  }),
};

export const operationKinds = Object.keys(kinds) as Operation["kind"][];

/** An operation of a kind that the interface takes. */
export const operationOf = (of: Operation["kind"]): fc.Arbitrary<Operation> =>
  kinds[of].map((fields) => ({ kind: of, ...(fields as object) }) as Operation);
