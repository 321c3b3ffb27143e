import { nothingElsewhere } from "../../src/rules/elsewhere.ts";
import type { Elsewhere } from "../../src/rules/index.ts";
import type { Values } from "../../src/vocabulary/filing.ts";
import type { Change, Edge } from "./cases.ts";
import { company, leader } from "./sample.ts";

/** Values on the border of rules about domains, addresses, apps and other filings. */

const speaks = (...changes: Change[]): Edge[] => changes.map((change) => ({ change, finds: true }));
const silent = (...changes: Change[]): Edge[] => changes.map((change) => ({ change, finds: false }));

const domains = (...list: string[]): Change => ({ website: { domains: list, homePages: [] } });
const home = (...list: string[]): Change => ({ website: { homePages: list } });
const ips = (...list: string[]): Change => ({ access: { ips: list } });
const known = (elsewhere: Partial<Elsewhere>): Change => ({
  context: { elsewhere: { ...nothingElsewhere, ...elsewhere } },
});
const held = (...list: string[]) => ({ certificate: true, domains: list });

const app = (over: Values): Change => ({
  website: {
    ...{ serviceType: "6", homePages: [], appPlatforms: ["1"], packageNames: ["cn.example.shop"] },
    ...{ publicKey: "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A" },
    fingerprints: ["D4:1D:8C:D9:8F:00:B2:04:E9:80:09:98:EC:F8:42:7E"],
    ...over,
  },
});

const label = "a".repeat(63);

export const addressEdges: Record<string, Edge[]> = {
  "domain-shape": [
    ...speaks(domains(`${label}a.cn`), domains("-example.cn"), domains("exam ple.cn")),
    ...silent(domains(`${label}.cn`), domains("exam-ple.cn"), domains("示例.中国")),
  ],
  "domain-url": [...speaks(domains("https://example.cn/")), ...silent(domains("http.cn"))],
  "domain-ip": [...speaks(domains("203.0.113.255")), ...silent(domains("203.0.113.cn"))],
  "domain-subdomain": [...speaks(domains("a.example.cn")), ...silent(domains("com.cn.example"))],
  "domain-suffix": silent(domains("example.cn"), domains("example.中国")),
  "domain-count": silent(domains("example.cn"), domains()),
  "domain-twice": silent(domains("example.cn")),
  "domain-open-elsewhere": silent({ context: { openConflicts: held() } }),
  "domain-on-record": silent({ context: { onRecord: held() } }),
  "domain-expired": [
    ...speaks({ website: { domainExpires: "2025-12-31" } }),
    ...silent({ website: { domainExpires: "" } }),
  ],
  "home-page-format": [...speaks(home("www.")), ...silent(home("http://www.example.cn"), home("EXAMPLE.cn"))],
  "home-page-domain": silent(home("example.cn"), home("https://www.example.cn")),
  "home-page-path": [...speaks(home("www.example.cn/a")), ...silent(home("www.example.cn/"))],
  "ip-shape": [...speaks(ips("203.0.113.256"), ips("203.0.113.1/33")), ...silent(ips("203.0.113.0"))],
  "ip-mixed": silent(ips("203.0.113.1-203.0.113.2", "2001:db8::1")),
  "ip-order": silent(ips("203.0.113.9-203.0.113.9"), ips("203.0.113.9-203.0.113.10")),
  "ip-public": [
    ...speaks(ips("172.16.0.0"), ips("172.31.255.255"), ips("100.64.0.1"), ips("169.254.1.1")),
    ...silent(ips("172.15.255.255"), ips("172.32.0.0"), ips("100.128.0.0"), ips("11.0.0.0")),
  ],
  "ip-repeated": [
    ...speaks(ips("203.0.113.1-203.0.113.5", "203.0.113.5-203.0.113.9")),
    ...silent(ips("203.0.113.1-203.0.113.4", "203.0.113.5-203.0.113.9")),
  ],
  "ip-needs-v4": silent(ips("203.0.113.1")),
  "ip-of-isp": [
    ...speaks(ips("203.0.112.255"), ips("203.0.113.255-203.0.114.0")),
    ...silent(ips("203.0.113.0"), ips("203.0.113.255")),
  ],
  "app-package-name": silent(app({ packageNames: ["cn.example"] }), { website: { packageNames: ["shop"] } }),
  "app-package-for-each-platform": silent(
    app({ appPlatforms: ["1", "2"], packageNames: ["cn.example.shop", "cn.example.pad"] }),
  ),
  "app-fingerprint": [
    ...speaks(app({ fingerprints: ["D4:1D:8C"] })),
    ...silent(app({ fingerprints: ["d41d8cd98f00b204e9800998ecf8427e"] })),
  ],
  "name-change-and-domain": silent({ subject: { name: "示例茶叶有限公司" } }),
  "mobile-used-elsewhere": silent(known({ mobiles: ["13800005679"] })),
  "email-used-elsewhere": silent(known({ emails: ["lisi@example.cn"] })),
  "contacts-differ-elsewhere": silent(known({ otherContacts: ["330108199001010011"] })),
  "site-leader-elsewhere": [
    ...speaks(known({ siteLeaders: [String(company.idNo)] })),
    ...silent(known({ siteLeaders: [String(leader.leaderIdNo)] })),
  ],
  "certificate-open-at-other-provider": silent(known({ open: { certificate: false, domains: [] } })),
  "domain-open-at-other-provider": silent(known({ open: { certificate: true, domains: ["xample.cn"] } })),
};
