import { creditCodeCheck } from "./credit-code.ts";
import { identityCheck } from "./identity-card.ts";

/** A record of the demo's bureau, as the simulator takes it in; `certType` and `nature` are codes of the bureau. */
export type DemoRecord = {
  number: string;
  /** 备案密码. */
  password: string;
  name: string;
  nature: number;
  certType: number;
  certNumber: string;
  area?: { province: number; city: number; county: number };
  /** Numbered from 1: 浙ICP备2019900001号-1. */
  websites: { name: string; domains: string[] }[];
};

/** 备案密码 of everything that the demo's own registrants have on record. */
export const DEMO_RECORD_PASSWORD = "Example1";

const creditCode = (first17: string): string => first17 + creditCodeCheck(first17);

/**
 * Invented records of other providers that the bureau of the demo knows from the start, so that 新增网站, 新增接入 and the
 * check of what is filed already can be tried. The last one is taken by a 新增接入 of the demo itself.
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
  {
    number: "浙ICP备2022900004号",
    password: "Yuanshan4",
    name: "杭州远山竹艺有限公司",
    nature: 4,
    certType: 1,
    certNumber: creditCode("91330108MA2DEM004"),
    websites: [{ name: "远山竹艺", domains: ["yuanshan-bamboo.cn"] }],
  },
] as const satisfies readonly DemoRecord[];

/** A record of demo01 on which nothing is under way: what 新增网站 and 变更备案 are tried with. */
export const demoOwnRecord = {
  certNumber: creditCode("91330108MA2000020"),
  domain: "paper-demo.cn",
} as const;

/** Documents that are on no record and in no filing; one for each try, because a filing that is begun holds its own. */
const unknown = { first: creditCode("91330108MA2DEM900"), foreign: creditCode("91330108MA2DEM901") };

/** One thing to try where the kind of a filing is checked: what is typed and where it leads. */
export type DemoTry = { leadsTo: string; certNumber: string; domain: string; next: string };

const [elsewhere] = demoRecords;
const elsewhereDomain = elsewhere.websites[0].domains[0];

/** Every way that the check of the kind goes, with what leads there in the demo (企业, 统一社会信用代码). */
export const demoTries: readonly DemoTry[] = [
  { leadsTo: "首次备案", certNumber: unknown.first, domain: "new-demo.cn", next: "" },
  { leadsTo: "新增网站", certNumber: demoOwnRecord.certNumber, domain: "second-demo.cn", next: "" },
  {
    leadsTo: "新增网站，主体在别处备案",
    certNumber: elsewhere.certNumber,
    domain: "third-demo.cn",
    next: `主体备案号${elsewhere.number}，备案密码${elsewhere.password}`,
  },
  {
    leadsTo: "新增接入",
    certNumber: elsewhere.certNumber,
    domain: elsewhereDomain,
    next: `网站备案号${elsewhere.number}-1，备案密码${elsewhere.password}`,
  },
  { leadsTo: "变更备案", ...demoOwnRecord, next: "" },
  { leadsTo: "域名已由别人备案", certNumber: unknown.foreign, domain: elsewhereDomain, next: "" },
];
