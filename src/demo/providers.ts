import type { Config } from "../config.ts";
import type { Role } from "../models/actor.ts";
import { createBureau } from "../models/bureau/account.ts";
import { createStaff } from "../models/staff/staff.ts";
import type { RootStore } from "../models/store.ts";
import { provinces } from "../vocabulary/divisions.ts";

/** Password of every demo account; a real installation has none of them. */
export const demoPassword = "openbeian-demo";

type DemoProvider = {
  slug: string;
  name: string;
  legalName: string;
  icpNumber: string;
  phone: string;
  hosts: readonly string[];
  /** Address blocks set aside for documentation (RFC 5737, RFC 3849): they lead nowhere. */
  ranges: readonly (readonly [first: string, last: string])[];
  staff: readonly { userName: string; name: string; roles: readonly Role[] }[];
  /** Our account at the simulated bureau, as `src/simulator/options.ts` knows it. */
  bureau: {
    ispId: number;
    userName: string;
    password: string;
    encryptAlgorithm: 0 | 1;
    aesKey?: string;
    aesIv?: string;
  };
};

export const demoProviders: readonly DemoProvider[] = [
  {
    slug: "shili",
    name: "示例云",
    legalName: "示例云计算有限公司",
    icpNumber: "浙ICP备00000000号-1",
    phone: "400-000-0000",
    hosts: ["localhost", "127.0.0.1"],
    ranges: [
      ["203.0.113.0", "203.0.113.255"],
      ["2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"],
    ],
    staff: [
      { userName: "reviewer", name: "李四", roles: ["initial_reviewer"] },
      { userName: "verifier", name: "赵六", roles: ["verifier"] },
      { userName: "submitter", name: "孙七", roles: ["submitter"] },
      { userName: "service", name: "周八", roles: ["service"] },
      { userName: "supervisor", name: "吴九", roles: ["supervisor"] },
      { userName: "admin", name: "郑十", roles: ["administrator"] },
    ],
    bureau: {
      ispId: 1001,
      userName: "openbeian",
      password: "演示Bureau1",
      encryptAlgorithm: 1,
      aesKey: "0123456789ABCDEF",
      aesIv: "0102030405060708",
    },
  },
  {
    slug: "other",
    name: "另一云",
    legalName: "另一云网络有限公司",
    icpNumber: "闽ICP备00000000号-1",
    phone: "400-000-0002",
    hosts: ["other.localhost"],
    ranges: [["198.51.100.0", "198.51.100.255"]],
    staff: [
      { userName: "other-reviewer", name: "冯二", roles: ["initial_reviewer", "verifier", "submitter"] },
    ],
    bureau: { ispId: 1002, userName: "other", password: "演示Bureau2", encryptAlgorithm: 0 },
  },
];

/** Ids of what was made, by user name. */
export type Provider = { id: number; slug: string; staff: Map<string, number> };

/** Adds one provider with its hosts, regions, address ranges, staff and bureau. */
export async function seedProvider(
  store: RootStore,
  config: Pick<Config, "simulatorPort">,
  demo: DemoProvider,
): Promise<Provider> {
  const { db } = store;
  const [row] = await db<{ id: number }[]>`
    insert into isps (slug, name, legal_name, icp_number, phone, service_hours)
    values (${demo.slug}, ${demo.name}, ${demo.legalName}, ${demo.icpNumber}, ${demo.phone}, '工作日9:00–18:00')
    returning id`;
  const id = row?.id ?? 0;
  await db`insert into isp_hosts ${db(demo.hosts.map((host) => ({ host, ispId: id })))}`;
  await db`insert into isp_regions ${db(provinces.map(({ code }) => ({ ispId: id, division: code })))}`;
  for (const [first, last] of demo.ranges)
    await db`insert into isp_ip_ranges (isp_id, first_ip, last_ip) values (${id}, ${first}, ${last})`;
  const { ispId: bureauIspId, userName, encryptAlgorithm, ...secrets } = demo.bureau;
  const endpoint = `http://127.0.0.1:${config.simulatorPort}`;
  await createBureau(store, {
    ispId: id,
    province: "330000",
    name: "演示管局",
    endpoint,
    bureauIspId,
    userName,
    secrets,
    isDefault: true,
    encryptAlgorithm,
  });
  const staff = new Map<string, number>();
  for (const person of demo.staff) {
    const email = `${person.userName}@staff.example.cn`;
    staff.set(
      person.userName,
      await createStaff(store, { ...person, ispId: id, email, password: demoPassword }),
    );
  }
  return { id, slug: demo.slug, staff };
}
