import { keepCodeTable } from "../../src/models/code-table/keep.ts";
import { openCut } from "../../src/models/cut/open.ts";
import { setHook } from "../../src/models/hook/hook.ts";
import { inTransaction } from "../../src/models/store.ts";
import type { World } from "./app.ts";

/** A task 断开接入 with what the provider's system was told of it, and a table of codes that waits for a look. */
export async function cutAndCodes({ store, db, people }: World) {
  const ispId = people.isps.first;
  await setHook(store, ispId, { url: "https://crm.example.cn/events", events: ["access.cut"] });
  const [bureau] = await db<{ id: number }[]>`select id from isp_bureaus where isp_id = ${ispId} limit 1`;
  await inTransaction(store, async (inside) => {
    await openCut(inside, {
      ...{ ispId, cause: "illegal_access", reference: "illegal-access:1" },
      ...{ domains: ["feifa.example.cn"], ips: ["203.0.113.7"] },
    });
    const rows = [{ id: "1", label: "属实", valid: true, remark: "", extra: {} }];
    const table = { name: "Hsyj_dms", rows };
    await keepCodeTable(inside, { ispId, bureauId: bureau?.id ?? 0, answerId: null, table });
  });
  const [[cut], [delivery], [table]] = await Promise.all([
    db<{ id: number }[]>`select id from cuts`,
    db<{ id: number }[]>`select id from hook_deliveries`,
    db<{ id: number }[]>`select id from bureau_code_tables`,
  ]);
  return { cut: String(cut?.id), delivery: String(delivery?.id), table: String(table?.id) };
}
