import type { SeedRecord } from "../simulator/seeds.ts";
import { DEMO_RECORD_PASSWORD } from "../vocabulary/demo-records.ts";
import { cast, type DemoFiling } from "./cast.ts";
import { offered, recordCast } from "./cast-records.ts";
import { demoProviders } from "./providers.ts";
import { demoCertificate } from "./values.ts";

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
const onRecord = (): { filing: DemoFiling; n: number }[] => [
  ...cast.flatMap((filing, at) => (filing.to === "numbered" ? [{ filing, n: at + 1 }] : [])),
  ...[...recordCast, offered].map((one, at) => ({ filing: one.filing, n: FIRST_ON_RECORD + at })),
];

/**
 * What the demo's registrants have on record, as the bureau has it: under the same ids and numbers, so that it can be
 * changed and cancelled there.
 */
export function recordsAtBureau(): SeedRecord[] {
  if (!provider) return [];
  const range = (n: number, access: number) => {
    const address = demoAddress(provider, n, access);
    return [{ from: address, to: address }];
  };
  return onRecord().map(({ filing, n }) => ({
    ispId: provider.bureau.ispId,
    firstId: firstIdOf(n),
    number: demoNumber(n),
    password: DEMO_RECORD_PASSWORD,
    name: filing.subject,
    nature: Number(filing.nature),
    certType: filing.nature === "5" ? 2 : 1,
    certNumber: demoCertificate(filing, n),
    area: {
      province: Number(filing.division.province),
      city: Number(filing.division.city),
      county: Number(filing.division.county),
    },
    websites: [
      {
        ...{ name: filing.site, domains: [filing.domain], ips: range(n, 0) },
        moreAccesses: filing.accesses === 2 ? [range(n, 1)] : [],
      },
    ],
  }));
}
