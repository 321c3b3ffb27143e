import type { BureauAccount, FirstFiling } from "../../../src/gateways/bureau/index.ts";

/** Smallest bytes that a JPEG begins and ends with: the interface looks at no more. */
export const jpeg = (size = 1024): Buffer => {
  const bytes = Buffer.alloc(size, 0x20);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  bytes.set([0xff, 0xd9], size - 2);
  return bytes;
};

const person = () => ({
  name: "柳青山",
  officePhone: "0571-88990011",
  mobile: "13800000011",
  email: "liu@example.cn",
  certificateType: 2,
  certificateNumber: "33010619900101123X",
});

/** A first filing of an invented company with one website; ids, domain and document can be chosen. */
export function sampleFiling(
  change: { ispId?: number; id?: number; domain?: string; certificate?: string } = {},
): FirstFiling {
  const { ispId = 1001, id = 100, domain = "qingshan-tea.cn", certificate = "91330106MA2XXXXX0A" } = change;
  return {
    ispId,
    subject: {
      id,
      name: "杭州青山茶业有限公司",
      nature: 4,
      investor: "柳青山",
      area: { province: 330000, city: 330100, county: 330106 },
      address: "文三路1号",
      certificate: { type: 1, number: certificate, address: "浙江省杭州市西湖区文三路1号" },
      person: person(),
      reportedBy: 1,
    },
    websites: [
      {
        id: id + 1,
        names: ["青山茶业"],
        approvals: [],
        serviceContents: [8],
        languages: [1],
        domains: [{ id: id + 2, name: domain }],
        accesses: [
          {
            id: id + 3,
            places: [34],
            modes: [5],
            ips: [{ id: id + 4, from: "106.2.76.2", to: "106.2.76.2" }],
          },
        ],
        person: person(),
        homePage: `www.${domain}`,
      },
    ],
    attachments: [
      { format: 1, purpose: 1, bytes: jpeg(), owner: { kind: "website", id: id + 1 } },
      { format: 1, purpose: 2, bytes: jpeg(), owner: { kind: "subject", id } },
    ],
  };
}

/** An account of the simulator's first provider. */
export const accountAt = (endpoint: string, change: Partial<BureauAccount> = {}): BureauAccount => ({
  endpoint,
  ispId: 1001,
  userName: "openbeian",
  password: "演示Bureau1",
  encryptAlgorithm: 1,
  aesKey: "0123456789ABCDEF",
  aesIv: "0102030405060708",
  ispIdParameter: "ispId",
  timeoutMs: 5000,
  ...change,
});
