import { createBureau } from "../../src/models/bureau/account.ts";
import { freeHolds } from "../../src/models/filing/holds.ts";
import type { Filing } from "../../src/models/filing/rows.ts";
import { currentSnapshot } from "../../src/models/filing/snapshots.ts";
import { writeRecord } from "../../src/models/record/write.ts";
import type { RootStore } from "../../src/models/store.ts";
import { listOf, textOf } from "../../src/vocabulary/fields/index.ts";

/** The bureau of a provider; nothing is ever sent there. */
export const addBureau = (store: RootStore, ispId: number): Promise<number> =>
  createBureau(store, {
    ...{ ispId, province: "330000", name: "浙江省通信管理局", endpoint: "http://127.0.0.1:9" },
    ...{ bureauIspId: 1001, userName: "openbeian", secrets: { password: "none" }, isDefault: true },
  });

/** Numbers a complete filing as if the bureau had answered, whatever state it was in; gives the id of the record. */
export async function numberFiling(
  store: RootStore,
  filing: Filing,
  bureauId: number,
  number: string,
): Promise<number> {
  const sent = await currentSnapshot(store, filing);
  const site = sent.sections.find(({ kind }) => kind === "website");
  const subject = sent.sections.find(({ kind }) => kind === "subject");
  if (!site || !subject) throw new Error("an incomplete filing");
  const domains = listOf(site.values, "domains").map((domain, at) => ({
    ...{ id: site.id * 100 + at, sectionId: site.id, domain },
  }));
  const website = {
    ...{ ourId: site.id, bureauId: site.id, name: textOf(site.values, "siteName"), number: `${number}-1` },
    domains: domains.map(({ id, domain }) => ({ ourId: id, bureauId: id, name: domain })),
    accesses: sent.sections
      .filter(({ parentId }) => parentId === site.id)
      .map(({ id }) => ({ ourId: id, bureauId: id, places: [], modes: [], ips: [] })),
  };
  await writeRecord({
    ...{ store, filing, bureauId, sent, ids: { domains, ips: [] } },
    record: {
      subject: { ourId: subject.id, bureauId: subject.id, name: textOf(subject.values, "name"), number },
      websites: [website],
      remark: "",
      raw: { name: "Baxx", attributes: {}, text: "", children: [] },
    },
  });
  await store.db`update filings set state = 'numbered' where id = ${filing.id}`;
  await freeHolds(store, filing);
  return subject.id;
}
