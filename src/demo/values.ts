import { divisionName } from "../vocabulary/divisions.ts";
import type { SectionKind, Values } from "../vocabulary/filing.ts";
import type { DemoFiling } from "./cast.ts";
import { creditCode, identityNumber, type Person, personOf } from "./people.ts";

/** The responsible person of the nth invented filing. */
export const demoPerson = (filing: DemoFiling, n: number): Person =>
  personOf(filing.person, filing.division.county, n);

/** Number of the subject's document: a credit code, or a person's own card. */
export const demoCertificate = (filing: DemoFiling, n: number): string =>
  filing.nature === "5"
    ? identityNumber(filing.division.county, "19900101", n)
    : creditCode(filing.division.county, n);

/** Last day of the invented domains, and of the invented identity cards as their pictures have it. */
const VALID = "2041-05-01";

const areaCodes: Record<string, string> = {
  "330000": "0571",
  "350000": "0591",
  "440000": "020",
  "110000": "010",
};

/** Everything a registrant would type, by section; `ip` is an address of the provider. */
export function demoValues(
  filing: DemoFiling,
  n: number,
  ip: string,
): Record<Exclude<SectionKind, "cancellation">, Values> {
  const person = demoPerson(filing, n);
  const place = divisionName(filing.division.county);
  const unit: Values =
    filing.nature === "5"
      ? {}
      : {
          investor: filing.subject,
          person: person.name,
          idType: "2",
          idNo: person.identity,
          idValidUntil: VALID,
        };
  return {
    subject: {
      ...filing.division,
      ...unit,
      name: filing.subject,
      nature: filing.nature,
      certType: filing.nature === "5" ? "2" : "1",
      certNo: demoCertificate(filing, n),
      certValidUntil: filing.nature === "5" ? VALID : "长期",
      residence: place + filing.street,
      address: filing.street,
      mobile: person.mobile,
      emergency: person.emergency,
      phone: `086-${areaCodes[filing.division.province] ?? "0571"}-8800${String(1000 + n)}`,
      email: person.email,
    },
    website: {
      siteName: filing.site,
      domains: [filing.domain],
      domainHolder: filing.subject,
      domainExpires: VALID,
      domainRegistrar: "示例域名服务有限公司",
      homePages: [`www.${filing.domain}`],
      serviceContents: [filing.content],
      languages: ["1"],
      serviceType: "1",
      preApprovals: [],
      samePerson: "1",
    },
    access: { accessModes: ["5"], serverPlaces: ["330000"], ips: [ip] },
  };
}
