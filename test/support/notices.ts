import { newSecretKeys, openVault } from "../../src/crypto/vault.ts";
import type { Sql } from "../../src/db/client.ts";
import { addAccount } from "../../src/models/account/add.ts";
import { queueNotice } from "../../src/models/notice/queue.ts";
import { inTransaction, type RootStore } from "../../src/models/store.ts";

/** A provider and the account of 张三, for tests about notices. */
export type NoticeWorld = {
  store: RootStore;
  secretKeys: string;
  ispId: number;
  accountId: number;
  email: string;
  mobile: string;
};

export async function noticeWorld(db: Sql): Promise<NoticeWorld> {
  const secretKeys = newSecretKeys();
  const store = { db, vault: openVault(secretKeys) };
  const [isp] = await db<{ id: number }[]>`
    insert into isps (slug, name, legal_name, phone, service_hours)
    values ('shili', '示例云', '示例云计算有限公司', '400-000-0000', '工作日9:00–18:00') returning id`;
  const [ispId, email, mobile] = [isp?.id ?? 0, "zhangsan@example.cn", "13800001234"];
  const accountId = await inTransaction(store, (inside) =>
    addAccount(inside, {
      ...{ ispId, userName: "zhangsan", password: "correct horse battery", name: "张三", email, mobile },
      ...{ division: "110105", agreementVersion: "1", state: "active" as const },
    }),
  );
  return { store, secretKeys, ispId, accountId: accountId ?? 0, email, mobile };
}

let causes = 0;

/** Queues 激活成功 for 张三 and gives its id; every call is a cause of its own. */
export async function queueActivated(world: NoticeWorld, channel: "mail" | "sms" = "mail"): Promise<string> {
  const { ispId, accountId } = world;
  const id = await queueNotice(world.store, {
    ...{ ispId, accountId, channel, template: "account-activated", variables: { userName: "zhangsan" } },
    address: channel === "mail" ? world.email : world.mobile,
    cause: `test:${++causes}:${channel}`,
  });
  return id ?? "";
}

export type Fate = { state: string; tries: number; problem: string | null };

/** What became of a notice. */
export async function fateOf({ store }: NoticeWorld, id: string): Promise<Fate> {
  const [row] = await store.db<Fate[]>`select state, tries, problem from notices where id = ${id}`;
  return row ?? { state: "gone", tries: 0, problem: null };
}
