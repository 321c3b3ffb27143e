import { addAccount } from "../../src/models/account/add.ts";
import type { Role } from "../../src/models/actor.ts";
import { createStaff } from "../../src/models/staff/staff.ts";
import { inTransaction, type RootStore } from "../../src/models/store.ts";

/** Two providers and the people around them. All invented; the telephone numbers and domains lead nowhere. */
export const password = "qingshan-lvshui-42";

export const providers = {
  first: {
    slug: "yi",
    name: "一号云",
    legalName: "一号云计算有限公司",
    phone: "400-000-0001",
    regions: ["330000", "110000"],
  },
  second: {
    slug: "er",
    name: "二号云",
    legalName: "二号网络有限公司",
    phone: "400-000-0002",
    regions: ["350000"],
  },
} as const;

type Host = keyof typeof providers;

/** 张三 files for a tea shop in 杭州; 钱一 is with the other provider. */
export const registrants = {
  张三: {
    at: "first",
    userName: "zhangsan",
    email: "zhangsan@example.cn",
    mobile: "13800005678",
    division: "330108",
  },
  王五: {
    at: "first",
    userName: "wangwu",
    email: "wangwu@example.cn",
    mobile: "13800005679",
    division: "330106",
  },
  钱一: {
    at: "second",
    userName: "qianyi",
    email: "qianyi@example.cn",
    mobile: "13800005680",
    division: "350102",
  },
} as const satisfies Record<
  string,
  { at: Host; userName: string; email: string; mobile: string; division: string }
>;

/** One person a role at the first provider; 冯二 reviews at the other. */
export const staff = {
  李四: { at: "first", userName: "lisi", roles: ["initial_reviewer"] },
  赵六: { at: "first", userName: "zhaoliu", roles: ["verifier"] },
  孙七: { at: "first", userName: "sunqi", roles: ["submitter"] },
  周八: { at: "first", userName: "zhouba", roles: ["service"] },
  吴九: { at: "first", userName: "wujiu", roles: ["supervisor"] },
  郑十: { at: "first", userName: "zhengshi", roles: ["administrator"] },
  冯二: { at: "second", userName: "fenger", roles: ["initial_reviewer", "verifier", "submitter"] },
} as const satisfies Record<string, { at: Host; userName: string; roles: readonly Role[] }>;

type Person = { id: number; ispId: number; host: string };

export type People = {
  isps: Record<Host, number>;
  registrants: Record<keyof typeof registrants, Person>;
  staff: Record<keyof typeof staff, Person>;
};

async function settleProvider({ db }: RootStore, at: Host, host: string): Promise<number> {
  const { slug, name, legalName, phone, regions } = providers[at];
  const [row] = await db<{ id: number }[]>`
    insert into isps (slug, name, legal_name, phone, service_hours)
    values (${slug}, ${name}, ${legalName}, ${phone}, '工作日9:00–18:00') returning id`;
  const id = row?.id ?? 0;
  await db`insert into isp_hosts (host, isp_id) values (${host}, ${id})`;
  await db`insert into isp_regions ${db(regions.map((division) => ({ ispId: id, division })))}`;
  return id;
}

/** Writes providers, registrants and staff into an empty database. */
export async function settle(store: RootStore, hosts: Record<Host, string>): Promise<People> {
  const isps = {
    first: await settleProvider(store, "first", hosts.first),
    second: await settleProvider(store, "second", hosts.second),
  };
  const accounts = Object.entries(registrants).map(async ([name, { at, ...person }]) => {
    const account = {
      ...person,
      name,
      password,
      ispId: isps[at],
      agreementVersion: "1",
      state: "active" as const,
    };
    const id = await inTransaction(store, (inside) => addAccount(inside, account));
    return [name, { id: id ?? 0, ispId: isps[at], host: hosts[at] }] as const;
  });
  const members = Object.entries(staff).map(async ([name, { at, ...person }]) => {
    const id = await createStaff(store, { ...person, name, password, ispId: isps[at] });
    return [name, { id, ispId: isps[at], host: hosts[at] }] as const;
  });
  return {
    isps,
    registrants: Object.fromEntries(await Promise.all(accounts)) as People["registrants"],
    staff: Object.fromEntries(await Promise.all(members)) as People["staff"],
  };
}
