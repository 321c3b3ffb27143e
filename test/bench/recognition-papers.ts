import { creditCode, identityNumber } from "../../src/demo/people.ts";
import { businessLicence, type LicenceData } from "../../src/demo/pictures/business-licence.ts";
import { type IdentityCardData, identityCardSide } from "../../src/demo/pictures/identity-card.ts";
import { joinPictures } from "../../src/documents/join-pictures.ts";
import { preparePicture } from "../../src/documents/picture.ts";
import { isPictureProblem } from "../../src/documents/picture-problem.ts";
import type { ReadDocument } from "../../src/vocabulary/filing.ts";
import { photoOf, type Scene } from "../support/paper-photos.ts";

/** A picture to be read and what stands on it. */
export type Paper = { label: string; truth: ReadDocument; full: () => Promise<Buffer> };

/** Invented people: a division, a day of birth and a serial number make a number with a valid check character. */
const card = (name: string, place: string, born: string, n: number, address: string, valid: string) => ({
  ...{ name, address, identity: identityNumber(place, born, n), valid },
});

const cards: readonly Required<Pick<IdentityCardData, "name" | "identity" | "address" | "valid">>[] = [
  card(
    "陈雨桐",
    "330106",
    "19900115",
    213,
    "浙江省杭州市西湖区示例路18号3幢2单元501室",
    "2019.08.20-2039.08.20",
  ),
  card("欧阳明轩", "440305", "19851102", 471, "广东省深圳市南山区演示大道9号", "2015.03.06-2035.03.06"),
  card("李娜", "110108", "19930727", 822, "北京市海淀区样本街77号院12号楼1604室", "2021.11.30-2041.11.30"),
  card("赵德海", "370202", "19681208", 35, "山东省青岛市市南区无名路6号", "2012.06.18-长期"),
  card(
    "古丽娜尔",
    "650102",
    "19960314",
    608,
    "新疆维吾尔自治区乌鲁木齐市天山区假想巷31号",
    "2022.01.05-2032.01.05",
  ),
  card("王梓睿", "320505", "20010909", 117, "江苏省苏州市虎丘区示范村4组28号", "2020.09.14-2030.09.14"),
  card(
    "刘淑芬",
    "510107",
    "19770430",
    946,
    "四川省成都市武侯区样板路205号6栋3单元9号",
    "2017.04.01-2037.04.01",
  ),
  card("张伟", "420111", "19880618", 539, "湖北省武汉市洪山区虚构街道测试社区15号", "2018.12.25-2038.12.25"),
  card("孙雅静", "610113", "19991223", 764, "陕西省西安市雁塔区演练路3号", "2019.05.17-2029.05.17"),
  card("周建国", "210102", "19720601", 391, "辽宁省沈阳市和平区范例街108号2-4-1", "2013.10.10-2033.10.10"),
];

const licence = (name: string, place: string, n: number, person: string, address: string, day: string) => ({
  ...{ name, creditCode: creditCode(place, n), legalRepresentative: person, address, established: day },
});

const licences: readonly Required<Omit<LicenceData, "scope" | "authority">>[] = [
  licence(
    "杭州示例网络科技有限公司",
    "330106",
    1234,
    "陈雨桐",
    "浙江省杭州市西湖区示例路18号3幢501室",
    "2019年03月12日",
  ),
  licence(
    "深圳演示信息技术有限公司",
    "440305",
    70815,
    "欧阳明轩",
    "深圳市南山区演示大道9号A座1201",
    "2016年11月08日",
  ),
  licence(
    "北京样本文化传播有限公司",
    "110108",
    88042,
    "李娜",
    "北京市海淀区样本街77号院12号楼1604",
    "2021年06月30日",
  ),
  licence(
    "青岛无名海产品有限公司",
    "370202",
    5196,
    "赵德海",
    "山东省青岛市市南区无名路6号",
    "2008年09月19日",
  ),
  licence(
    "乌鲁木齐假想商贸有限公司",
    "650102",
    24680,
    "古丽娜尔",
    "新疆乌鲁木齐市天山区假想巷31号商铺",
    "2023年02月14日",
  ),
  licence("苏州示范精密机械有限公司", "320505", 361, "王梓睿", "苏州市虎丘区示范路400号", "2020年10月26日"),
  licence(
    "成都样板餐饮管理有限公司",
    "510107",
    97531,
    "刘淑芬",
    "成都市武侯区样板路205号6栋3单元9号",
    "2017年05月22日",
  ),
  licence(
    "武汉虚构教育咨询有限公司",
    "420111",
    60607,
    "张伟",
    "武汉市洪山区虚构街道测试社区15号",
    "2018年01月03日",
  ),
  licence(
    "西安演练软件开发有限公司",
    "610113",
    15973,
    "孙雅静",
    "陕西省西安市雁塔区演练路3号创业园B区207室",
    "2022年08月17日",
  ),
  licence(
    "沈阳范例汽车服务有限公司",
    "210102",
    44556,
    "周建国",
    "辽宁省沈阳市和平区范例街108号",
    "2014年12月01日",
  ),
];

/** How the ten cards were photographed, from the desk's lamp to a shaking hand; front and back differ a little. */
const cardScenes: readonly (Scene & { back?: Scene })[] = [
  { tilt: 1, noise: 4 },
  { tilt: -4, lean: [0.05, 0.04], on: "cloth", shadow: "lamp", noise: 6 },
  { tilt: 6, lean: [-0.06, 0.08], shadow: "side", on: "dark", blur: 1 },
  { tilt: -2, blur: 2.2, noise: 10, on: "paper", megapixels: 8, quality: 75 },
  { tilt: 3, lean: [0.1, 0], shadow: "hand", glare: [0.66, 0.45], noise: 7 },
  { tilt: 0.5, marked: true, on: "paper", share: 0.9, quality: 70 },
  { tilt: -7, lean: [0.04, 0.1], shake: 7, noise: 8, shadow: "side" },
  { tilt: 2, light: 0.45, noise: 16, on: "dark", megapixels: 8 },
  { tilt: -1, share: 0.36, megapixels: 5, quality: 60, noise: 6, on: "cloth" },
  { tilt: 9, lean: [-0.12, 0.1], shadow: "lamp", marked: true, blur: 1.5, noise: 9, orientation: 6 },
];

const licenceScenes: readonly Scene[] = [
  { tilt: -0.8, noise: 4, share: 0.92 },
  { tilt: 3, lean: [0.05, 0.06], on: "cloth", shadow: "lamp", share: 0.88 },
  { tilt: -3, lean: [-0.08, 0.1], shadow: "side", blur: 1, on: "dark" },
  { tilt: 1, blur: 2, noise: 10, megapixels: 8, quality: 72, on: "paper", share: 0.9 },
  { tilt: 2, lean: [0.07, 0.03], shadow: "hand", glare: [0.4, 0.55], noise: 7, share: 0.9 },
  { tilt: -0.5, marked: true, on: "paper", share: 0.94, quality: 70 },
  { tilt: -5, lean: [0.04, 0.08], shake: 5, noise: 8, shadow: "side", share: 0.9 },
  { tilt: 2, light: 0.45, noise: 15, on: "dark", megapixels: 8, share: 0.85 },
  { tilt: 1.5, share: 0.6, megapixels: 5, quality: 60, noise: 6, on: "cloth" },
  { tilt: 6, lean: [-0.1, 0.1], shadow: "lamp", marked: true, blur: 1.5, noise: 9, orientation: 6 },
];

const dotted = (day: string): string => day.replaceAll(".", "-");
const isoDay = (day: string): string => day.replace(/年|月/g, "-").replace("日", "");

/** As the worker prepares them: the two sides joined, turned upright, the full copy. */
async function fullOf(picture: Buffer): Promise<Buffer> {
  const prepared = await preparePicture(picture);
  if (isPictureProblem(prepared)) throw new Error(`no picture: ${prepared.code}`);
  return prepared.full;
}

function cardPaper(data: (typeof cards)[number], index: number): Paper {
  const scene = cardScenes[index] ?? {};
  const [from = "", until = ""] = data.valid.split("-");
  const side = (which: "front" | "back", tilt = 0): Promise<Buffer> =>
    photoOf(identityCardSide(data, which), { ...scene, tilt: (scene.tilt ?? 0) + tilt }, 40);
  return {
    label: `身份证 ${index + 1}`,
    truth: {
      ...{ kind: "identityCard", name: data.name, number: data.identity, address: data.address },
      ...{ from: dotted(from), until: dotted(until) },
    },
    full: async () => {
      const joined = await joinPictures(await side("front"), await side("back", -2));
      if (isPictureProblem(joined)) throw new Error(`no picture: ${joined.code}`);
      return fullOf(joined);
    },
  };
}

const licencePaper = (data: (typeof licences)[number], index: number): Paper => ({
  label: `营业执照 ${index + 1}`,
  truth: {
    ...{ kind: "businessLicence", name: data.name, number: data.creditCode, address: data.address },
    ...{ from: isoDay(data.established), person: data.legalRepresentative },
  },
  full: async () => fullOf(await photoOf(businessLicence(data), licenceScenes[index] ?? {})),
});

/** Twenty pictures: ten cards with both sides, ten licences, each photographed in its own way. */
export const papers: readonly Paper[] = [...cards.map(cardPaper), ...licences.map(licencePaper)];
