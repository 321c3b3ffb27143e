import { z } from "zod";
import { operationCodes, uploadXml } from "../gateways/bureau/index.ts";
import { child, readXml } from "../gateways/bureau/xml.ts";
import { type Approval } from "./approvals.ts";
import { newContent, withoutProviderIds } from "./content.ts";
import { FIRST_ID, nextNumber } from "./numbers.ts";
import { entriesOf } from "./operations.ts";
import { recordOf } from "./records.ts";
import type { State } from "./state.ts";

/** A provider that has no account here: what it filed was filed elsewhere. */
export const ELSEWHERE = 2001;

const range = z.object({ from: z.ipv4(), to: z.ipv4() });

const personSchema = z.object({
  ...{ name: z.string().min(1), mobile: z.string(), email: z.string() },
  officePhone: z.string().optional(),
  certificateType: z.number().int().optional(),
  certificateNumber: z.string().optional(),
});

/** What is invented where a seed leaves it out. */
const detailSchema = z
  .object({ person: personSchema, residence: z.string(), address: z.string(), investor: z.string() })
  .partial();

/**
 * A record that is put in by hand, as if somebody had filed it long ago. `certType` and `nature` are codes of the bureau.
 * Number and password are made where none are given. With `firstId` its ids are known beforehand: the subject has it, then
 * count each website, its domains, and its accesses, each before its address ranges; such ids must lie below those of the bureau. What is
 * put in so has no ids of a provider.
 */
export const seedSchema = z
  .object({
    ispId: z.number().int().positive().default(ELSEWHERE),
    name: z.string().min(1),
    nature: z.number().int().default(4),
    certType: z.number().int().default(1),
    certNumber: z.string().min(1),
    area: z
      .object({ province: z.number().int(), city: z.number().int(), county: z.number().int().optional() })
      .default({ province: 330000, city: 330100, county: 330106 }),
    number: z.string().min(1).optional(),
    password: z.string().min(1).optional(),
    firstId: z.number().int().positive().lt(FIRST_ID).optional(),
    details: detailSchema.default({}),
    websites: z
      .array(
        z.object({
          name: z.string().min(1),
          domains: z.array(z.string()).min(1),
          ips: z
            .array(range)
            .min(1)
            .default([{ from: "198.51.100.7", to: "198.51.100.7" }]),
          /** Addresses of each further access. */
          moreAccesses: z.array(z.array(range).min(1)).default([]),
          homePage: z.string().optional(),
          serviceContents: z.array(z.number().int()).min(1).default([8]),
        }),
      )
      .min(1),
  })
  .strict();

export type SeedRecord = z.input<typeof seedSchema>;

/** Who is on a record that is put in by hand and names nobody. */
const PERSON = {
  name: "钱塘生",
  officePhone: "0571-80000000",
  mobile: "13800000099",
  email: "qiantang@example.cn",
};

type Given<Parts> = { [Key in keyof Parts]: Exclude<Parts[Key], undefined> };

/** Without what is not there. */
const given = <Parts extends object>(parts: Parts): Given<Parts> =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Given<Parts>;

/** The seed as an upload of its provider, so that it has every part that a real one has. */
function uploadOf(seed: z.infer<typeof seedSchema>): string {
  const { ispId, area, details } = seed;
  const { person = PERSON, residence = "浙江省杭州市西湖区文三路9号", address, investor } = details;
  return uploadXml({
    ispId,
    operation: {
      kind: "first",
      subject: {
        ...{ id: 1, name: seed.name, nature: seed.nature, person: given(person), reportedBy: 1 },
        ...given({ address, investor }),
        area: { province: area.province, city: area.city, ...(area.county ? { county: area.county } : {}) },
        certificate: { type: seed.certType, number: seed.certNumber, address: residence },
      },
      websites: seed.websites.map(
        ({ name, domains, ips, moreAccesses, homePage, serviceContents }, index) => {
          const id = (index + 1) * 100;
          return {
            ...{ id, names: [name], approvals: [], serviceContents, languages: [1], person: given(person) },
            ...given({ homePage }),
            domains: domains.map((domain, at) => ({ id: id + 10 + at, name: domain })),
            accesses: [ips, ...moreAccesses].map((ranges, access) => ({
              ...{ id: id + 1 + access, places: [34], modes: [5] },
              ips: ranges.map((ip, at) => ({ id: id + 50 + access * 10 + at, ...ip })),
            })),
          };
        },
      ),
      attachments: [],
    },
  });
}

/** Puts a record in. `password` is for one that brings none. Throws `Unsendable` where it fits no file. */
export function seeded(state: State, wanted: SeedRecord, password: string, at: number): Approval {
  const seed = seedSchema.parse(wanted);
  const [entry] = entriesOf(child(readXml(uploadOf(seed)), "ICP"));
  if (entry?.operation !== operationCodes.first) throw new Error("a seed is a first filing");
  let nextId = seed.firstId ?? state.nextId;
  const number = seed.number ?? nextNumber(state.serials, String(seed.area.province), at, true);
  const writing = { ispId: seed.ispId, at, nextId: () => nextId++ };
  const content = withoutProviderIds(newContent(writing, entry.tree, number));
  const record = recordOf(content, { password: seed.password ?? password });
  return { record, content, siteIds: [], nextId: seed.firstId === undefined ? nextId : state.nextId };
}
