import fc from "fast-check";
import { codeTable } from "../../../src/vocabulary/code-tables.ts";
import type { Values } from "../../../src/vocabulary/fields/index.ts";
import { approvalNumberKey, personKeys } from "../../../src/vocabulary/fields/index.ts";
import { digits, domain, email, phones, range, text } from "../../gateways/bureau/arbitrary-operations.ts";

/** Values of sections at random, as far as the interface can carry them: no app, no IPv6, no newer document. */

const codesOf = (table: string) => codeTable(table).rows.map(({ code }) => code);
const some = (table: string, least = 1) => fc.subarray(codesOf(table), { minLength: least, maxLength: 4 });
const or = (value: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 3, arbitrary: value }, { weight: 1, arbitrary: fc.constant("") });
const day = fc.constantFrom("2035-01-02", "长期", "");

/** Names of the parts of a person to the keys of a section. */
function personOf(section: "subject" | "website"): fc.Arbitrary<Values> {
  const account = fc.oneof(
    fc.record({ messengerType: fc.constant("qq"), messenger: digits(5, 12) }),
    fc.record({ messengerType: fc.constant("msn"), messenger: text(128, 6) }),
    fc.record({ messengerType: fc.constantFrom("wechat", ""), messenger: text(20) }),
  );
  const parts = fc.record({
    name: text(128),
    idType: fc.constantFrom("2", "7", "11", "14"),
    idNo: text(128),
    idValidUntil: day,
    mobile: digits(11, 11),
    emergency: digits(11, 11),
    phone: or(phones),
    email,
  });
  return fc
    .tuple(parts, account)
    .map(([person, messenger]) =>
      Object.fromEntries(
        Object.entries({ ...person, ...messenger }).map(([part, value]) => [
          personKeys[section][part as keyof typeof person],
          value,
        ]),
      ),
    );
}

const place = fc.constantFrom(
  { province: "330000", city: "330100", county: "330108" },
  { province: "110000", city: "", county: "110108" },
  { province: "440000", city: "441900", county: "" },
);

export const subjectValues: fc.Arbitrary<Values> = fc
  .tuple(
    place,
    personOf("subject"),
    fc.record({
      name: text(255),
      nature: fc.constantFrom("4", "5", "3", "2", "6"),
      certType: fc.constantFrom("1", "2", "6", "11"),
      certNo: text(255),
      certValidUntil: day,
      residence: text(1024),
      address: or(text(1024)),
      investor: or(text(255)),
      leaderAuthorised: fc.constantFrom("1", ""),
      remark: or(text(1024)),
      remarkIsp: or(text(1024)),
    }),
  )
  .map(([where, person, own]) => ({
    ...where,
    ...person,
    ...own,
    ...(own.nature === "5" && shortened(own)),
  }));

/** 个人: name and document are also those of the responsible person, which takes fewer characters. */
const shortened = ({ name, certNo }: { name: string; certNo: string }): Values => ({
  name: name.slice(0, 128),
  certNo: certNo.slice(0, 128),
});

const approvals: fc.Arbitrary<Values> = some("pre_approval", 0).chain((preApprovals) =>
  fc.tuple(...preApprovals.map(() => text(512))).map((numbers) => ({
    preApprovals,
    ...Object.fromEntries(preApprovals.map((code, index) => [approvalNumberKey(code), numbers[index] ?? ""])),
  })),
);

export const websiteValues: fc.Arbitrary<Values> = fc
  .tuple(
    approvals,
    personOf("website"),
    fc.record({
      serviceType: fc.constant("1"),
      siteName: text(512),
      domains: fc.uniqueArray(domain, { minLength: 1, maxLength: 3 }),
      domainHolder: or(text(128)),
      domainExpires: day,
      domainRegistrar: or(text(128)),
      homePages: fc.array(fc.constantFrom("www.example.cn", "m.example.cn/a?b=1&c=2"), { maxLength: 3 }),
      serviceContents: some("site_service_content"),
      languages: some("site_language"),
      samePerson: fc.constantFrom("1", ""),
      remark: or(text(1024)),
    }),
  )
  .map(([approved, person, own]) => ({ ...approved, ...person, ...own }));

export const accessValues: fc.Arbitrary<Values> = fc.record({
  accessModes: some("access_mode"),
  serverPlaces: some("province"),
  ips: fc.array(
    range.map(({ from, to }) => (from === to ? from : `${from}-${to}`)),
    { minLength: 1, maxLength: 3 },
  ),
  provider: text(40),
});

export const cancellationValues: fc.Arbitrary<Values> = fc.record({
  reason: fc.constantFrom(...codesOf("cancel_reason")),
  explanation: or(text(1000)),
  phoneLost: fc.constantFrom("1", ""),
});
