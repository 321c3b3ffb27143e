import { setTimeout as sleep } from "node:timers/promises";
import sharp, { type Metadata } from "sharp";
import { identityNumber } from "../../src/demo/people.ts";
import { creditCodeCheck } from "../../src/vocabulary/credit-code.ts";
import type { Person } from "./journey-person.ts";
import type { Picture } from "./journey-pictures.ts";
import type { JourneyWorld } from "./journey-world.ts";
import { password } from "./people.ts";

/** Somebody who has never filed, with a company, a domain and a telephone of their own. */
export type Applicant = {
  userName: string;
  person: string;
  email: string;
  mobile: string;
  company: string;
  certNo: string;
  idNo: string;
  residence: string;
  domain: string;
  siteName: string;
  /** What the website is called after the reviewer asked for another name. */
  newName: string;
};

/** The nth applicant. All invented; the telephone numbers and domains lead nowhere. */
export function applicant(n: number): Applicant {
  const first17 = `91330108MA2T${String(n).padStart(5, "0")}`;
  return {
    userName: `chashang${n}`,
    person: "陆羽",
    email: `luyu${n}@example.cn`,
    mobile: `1380571000${n}`,
    company: `第${"零一二三四五六七八九"[n]}号茶业（杭州）有限公司`,
    certNo: first17 + creditCodeCheck(first17),
    idNo: identityNumber("330108", "19850315", 100 + n),
    residence: `浙江省杭州市滨江区示例路${n}号`,
    domain: `chaye-${n}.cn`,
    siteName: "好茶天下",
    newName: "示例茶业商城",
  };
}

const NUMBERS = "零一二三四五六七八九";

/** 三只猫，再来四只，一共几只？ is 7; 九本书，拿走二本，还有几本？ is 7 too. */
export function answerTo(question: string): string {
  const [a = 0, b = 0] = [...question.matchAll(/[零一二三四五六七八九]/g)].map(([one]) =>
    NUMBERS.indexOf(one),
  );
  return String(question.includes("拿走") ? a - b : a + b);
}

export const digitsIn = (text: string): string => /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0] ?? "";

/** Everything but the agreement; ends where the code is asked for. */
export async function register(at: Person, who: Applicant): Promise<void> {
  await at.choose("province", "330000", "选好省以后，更新市和区县");
  await at.choose("city", "330100", "选好省以后，更新市和区县");
  await at.choose("county", "330108", "选好省以后，更新市和区县");
  await at.press("看不清？换成文字题");
  await at.type({ userName: who.userName, password, passwordAgain: password });
  await at.type({ name: who.person, mobile: who.mobile, email: who.email });
  const question = await at.page.locator("#captcha-field").innerText();
  await at.type({ captcha: answerTo(question) });
  await at.goOn("注册并发送验证码", "激活账号");
}

/** With the second step: a device that nobody has used before. */
export async function signIn(world: JourneyWorld, at: Person, who: Applicant): Promise<void> {
  await at.open("/login");
  await at.type({ login: who.userName, password });
  await at.goOn("登录", "输入验证码");
  await at.type({ code: digitsIn(await world.mailTo(who.email, /您的登录验证码/)) });
  await at.looksRight("second step");
}

/** The number of the filing whose page is shown. */
export const numberOf = (at: Person): string => /\/filings\/(\d{8}-\d+)/.exec(at.page.url())?.[1] ?? "";

export async function openFiling(at: Person, who: Applicant): Promise<string> {
  await at.choose("nature", "4", "选好性质以后，更新证件类型");
  await at.choose("certType", "1");
  await at.type({ certNo: who.certNo, domain: who.domain });
  await at.goOn("开始填写", "主办单位");
  return numberOf(at);
}

/** 主办单位 and its responsible person, with the code that is sent to the telephone. */
export async function fillSubject(world: JourneyWorld, at: Person, who: Applicant): Promise<void> {
  await at.type({ name: who.company, residence: who.residence });
  await at.choose("province", "330000", "选好省以后，更新市和区县");
  await at.choose("city", "330100", "选好省以后，更新市和区县");
  await at.choose("county", "330108", "选好省以后，更新市和区县");
  await at.type({ address: "示例路1号2幢301室", investor: who.company, person: who.person });
  await at.choose("idType", "2");
  await at.type({ idNo: who.idNo, idValidUntil: "2041-05-01" });
  await at.type({ mobile: who.mobile, emergency: "13905710000", email: who.email });
  await at.type({ phone: "086-0571-00000000" });
  await at.press("发送验证码");
  await at.type({ code: digitsIn(await world.smsTo(who.mobile, /核对备案单里的手机号码/)) });
}

export async function fillWebsite(at: Person, who: Applicant): Promise<void> {
  await at.choose("serviceType", "1");
  await at.tick("samePerson", "1");
  await at.type({ siteName: who.siteName, domains: who.domain, homePages: "www.example.com" });
  await at.tick("serviceContents", "9");
  await at.tick("languages", "1");
}

export async function fillAccess(at: Person): Promise<void> {
  await at.tick("accessModes", "5");
  await at.tick("serverPlaces", "330000");
  await at.type({ ips: "203.0.113.18" });
}

/** Puts a picture into a slot and waits until it is 已就绪. Without a script a person loads the page again. */
export async function upload(at: Person, slot: string, picture: Picture): Promise<void> {
  const card = at.page.locator(`li[id^="m-${slot}-"]`);
  await card.locator('input[name="picture"]').setInputFiles(picture);
  await at.quiet();
  // With a script the picture is on its way as soon as it is chosen.
  const send = card.getByRole("button", { name: /^(上传|保存)/ });
  if (await send.isVisible()) await send.click();
  await at.quiet();
  const limit = Date.now() + 60_000;
  while (!(await card.innerText()).includes("已就绪")) {
    if (Date.now() > limit) throw new Error(`${slot} never became ready: ${await card.innerText()}`);
    await sleep(500);
    if (!at.way.js) await at.reload();
  }
}

/** The picture of a slot as its owner sees it, opened by the link on the page. */
export async function pictureIn(at: Person, slot: string): Promise<Metadata> {
  const link = at.page.locator(`li[id^="m-${slot}-"]`).getByRole("link", { name: /^查看/ });
  const answer = await at.page.request.get((await link.getAttribute("href")) ?? "");
  return sharp(await answer.body()).metadata();
}
