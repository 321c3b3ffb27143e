import { subjectOf } from "../models/bureau/blocks.ts";
import type { SeedRecord } from "../simulator/seeds.ts";
import { DEMO_RECORD_PASSWORD } from "../vocabulary/demo-records.ts";
import { cast } from "./cast.ts";
import { type OnRecord, offered, recordCast } from "./cast-records.ts";
import { demoProviders } from "./providers.ts";
import { demoValues } from "./values.ts";

/** Where the filings of a cast begin to count: each has a number, by which its people and addresses are invented. */
export const FIRST_ON_RECORD = 101;

/** The address of a provider's block for the nth filing; a second access has another one. */
export const demoAddress = (provider: (typeof demoProviders)[number], n: number, access = 0): string =>
  (provider.ranges[0]?.[0] ?? "203.0.113.0").replace(/0$/, String(10 + n + access * 60));

/** 主体备案号 of the nth filing: from 900000 on numbers are set aside for records that are put in by hand. */
export const demoNumber = (n: number): string => `浙ICP备2026900${String(n).padStart(3, "0")}号`;

/** The bureau's ids count on from here as the simulator gives them: subject, then website, domain, accesses with address. */
export const firstIdOf = (n: number): number => 1_000_000 + n * 100;

/** The bureau's id of each part of the nth record. */
export const bureauIdsOf = (n: number) => {
  const subject = firstIdOf(n);
  const access = (index: number) => ({ access: subject + 3 + index * 2, ip: subject + 4 + index * 2 });
  return { subject, website: subject + 1, domain: subject + 2, access };
};

const [provider] = demoProviders;

/** The filings that have a record of ours, with the number of each. */
const onRecord = (): (OnRecord & { n: number })[] => [
  ...cast.flatMap((filing, at) => (filing.to === "numbered" ? [{ filing, n: at + 1 }] : [])),
  ...[...recordCast, offered].map((one, at) => ({ ...one, n: FIRST_ON_RECORD + at })),
];

/** The subject as it was reported, after a change of it that has gone through. */
function particulars({ filing, errand }: OnRecord, n: number): Omit<SeedRecord, "websites"> {
  const through = errand?.kind === "change" && errand.to === "numbered" ? errand.values : {};
  const values = { ...demoValues(filing, n, "").subject, ...through };
  const { name, nature, area, certificate, person, address, investor } = subjectOf(
    { kind: "subject", id: 0, position: 0, values },
    false,
  );
  return {
    ...{ name, nature, area, certType: certificate.type, certNumber: certificate.number },
    details: { person, residence: certificate.address, address, investor },
  };
}

/** Its website, whose person is that of the subject. */
function siteOf({ filing }: OnRecord, n: number): SeedRecord["websites"][number] {
  const { homePages, serviceContents } = demoValues(filing, n, "").website;
  return {
    ...{ name: filing.site, domains: [filing.domain] },
    homePage: String(homePages),
    serviceContents: [serviceContents].flat().map(Number),
  };
}

/**
 * What the demo's registrants have on record, as the bureau has it: under the same ids and numbers, and with the same
 * particulars, so that it can be changed, cancelled and compared there.
 */
export function recordsAtBureau(): SeedRecord[] {
  if (!provider) return [];
  const from = provider;
  const range = (n: number, access: number) => {
    const address = demoAddress(from, n, access);
    return [{ from: address, to: address }];
  };
  return onRecord().map((one) => ({
    ispId: from.bureau.ispId,
    firstId: firstIdOf(one.n),
    number: demoNumber(one.n),
    password: DEMO_RECORD_PASSWORD,
    ...particulars(one, one.n),
    websites: [
      {
        ...siteOf(one, one.n),
        ips: range(one.n, 0),
        moreAccesses: one.filing.accesses === 2 ? [range(one.n, 1)] : [],
      },
    ],
  }));
}
