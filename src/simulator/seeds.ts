import { z } from "zod";
import { operationCodes, uploadXml } from "../gateways/bureau/index.ts";
import { child, readXml } from "../gateways/bureau/xml.ts";
import { creditCodeCheck } from "../vocabulary/credit-code.ts";
import { identityCheck } from "../vocabulary/identity-card.ts";
import { type Approval } from "./approvals.ts";
import { newContent, withoutProviderIds } from "./content.ts";
import { FIRST_ID, nextNumber } from "./numbers.ts";
import { entriesOf } from "./operations.ts";
import { recordOf } from "./records.ts";
import type { State } from "./state.ts";

/** A provider that has no account here: what it filed was filed elsewhere. */
export const ELSEWHERE = 2001;

const range = z.object({ from: z.ipv4(), to: z.ipv4() });

/**
 * A record that is put in by hand, as if somebody had filed it long ago. `certType` and `nature` are codes of the bureau.
 * Number and password are made where none are given. With `firstId` its ids are known beforehand: the subject has it, then
 * count each website, its domains, its access and its address ranges; such ids must lie below those of the bureau. What is
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
    websites: z
      .array(
        z.object({
          name: z.string().min(1),
          domains: z.array(z.string()).min(1),
          ips: z
            .array(range)
            .min(1)
            .default([{ from: "198.51.100.7", to: "198.51.100.7" }]),
        }),
      )
      .min(1),
  })
  .strict();

export type SeedRecord = z.input<typeof seedSchema>;

/** Everybody on a record that is put in by hand is this invented person. */
const PERSON = {
  name: "钱塘生",
  officePhone: "0571-80000000",
  mobile: "13800000099",
  email: "qiantang@example.cn",
};

/** The seed as an upload of its provider, so that it has every part that a real one has. */
function uploadOf(seed: z.infer<typeof seedSchema>): string {
  const { ispId, area } = seed;
  return uploadXml({
    ispId,
    operation: {
      kind: "first",
      subject: {
        ...{ id: 1, name: seed.name, nature: seed.nature, person: PERSON, reportedBy: 1 },
        area: { province: area.province, city: area.city, ...(area.county ? { county: area.county } : {}) },
        certificate: { type: seed.certType, number: seed.certNumber, address: "浙江省杭州市西湖区文三路9号" },
      },
      websites: seed.websites.map(({ name, domains, ips }, index) => {
        const id = (index + 1) * 100;
        return {
          ...{ id, names: [name], approvals: [], serviceContents: [8], languages: [1], person: PERSON },
          domains: domains.map((domain, at) => ({ id: id + 10 + at, name: domain })),
          accesses: [
            {
              ...{ id: id + 1, places: [34], modes: [5] },
              ips: ips.map((ip, at) => ({ id: id + 50 + at, ...ip })),
            },
          ],
        };
      }),
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
  const taken = [...state.records.values()].map(({ number }) => number);
  const number = seed.number ?? nextNumber(taken, String(seed.area.province), at, true);
  const writing = { ispId: seed.ispId, at, nextId: () => nextId++ };
  const content = withoutProviderIds(newContent(writing, entry.tree, number));
  const record = recordOf(content, { password: seed.password ?? password });
  return { record, content, siteIds: [], nextId: seed.firstId === undefined ? nextId : state.nextId };
}

const creditCode = (first17: string): string => first17 + creditCodeCheck(first17);

/**
 * Invented records of other providers that the bureau of the demo knows from the start, so that 新增网站, 新增接入 and the
 * check of what is filed already can be tried. `websites` are numbered from 1: 浙ICP备2019900001号-1.
 */
export const demoRecords = [
  {
    number: "浙ICP备2019900001号",
    password: "Songyun1",
    name: "杭州松云陶艺有限公司",
    nature: 4,
    certType: 1,
    certNumber: creditCode("91330106MA2DEM001"),
    websites: [{ name: "松云陶艺", domains: ["songyun-ceramics.cn"] }],
  },
  {
    number: "浙ICP备2020900002号",
    password: "Yunqi222",
    name: "绍兴云溪古琴制作有限公司",
    nature: 4,
    certType: 1,
    certNumber: creditCode("91330602MA2DEM002"),
    area: { province: 330000, city: 330600, county: 330602 },
    websites: [
      { name: "云溪古琴", domains: ["yunxi-guqin.cn"] },
      { name: "云溪琴谱", domains: ["yunxi-qinpu.cn", "yunxi-qinpu.com.cn"] },
    ],
  },
  {
    number: "浙ICP备2021900003号",
    password: "Hubin333",
    name: "沈湖滨",
    nature: 5,
    certType: 2,
    certNumber: `33010619880808901${identityCheck("33010619880808901")}`,
    websites: [{ name: "湖滨手记", domains: ["hubin-notes.cn"] }],
  },
] as const satisfies readonly SeedRecord[];
