import type { BureauBench } from "./bureau.ts";
import { ourRecord } from "./copies.ts";

/** Puts a record of ours on record at the simulated bureau, as it stands here or under another number. */
export async function fileAtBureau(
  { store, simulator, people }: BureauBench,
  id: number,
  { number }: { number?: string } = {},
): Promise<void> {
  const record = await ourRecord(store, people.isps.first, id);
  simulator.order({
    action: "seed",
    record: {
      ...{ name: String(record.values.name), certNumber: String(record.values.certNo) },
      number: number ?? record.number,
      websites: record.websites.map(({ values, domains }) => ({
        name: String(values.siteName),
        domains: domains.map(({ domain }) => domain),
      })),
    },
  });
}
