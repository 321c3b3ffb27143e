import { identityNumber } from "../../../src/demo/people.ts";
import { page, type Story } from "./story.ts";

/** The subject of a filing that brings one with it; its name is that on record elsewhere. */
export async function fillSubject(story: Story, name: string): Promise<void> {
  const { at } = story;
  await at.open(page(story, "/subject"));
  await at.looksRight("subject that is on record elsewhere");
  await at.type({ name, residence: "浙江省杭州市滨江区示例路100号3幢201室" });
  await at.choose("province", "330000", "选好省以后，更新市和区县");
  await at.choose("city", "330100", "选好省以后，更新市和区县");
  await at.choose("county", "330108", "选好省以后，更新市和区县");
  await at.type({ address: "示例路100号3幢201室", investor: name, person: "张三" });
  await at.choose("idType", "2");
  await at.type({ idNo: identityNumber("330108", "19850101", 1), idValidUntil: "2040-01-01" });
  await at.type({ mobile: "13800007001", emergency: "13900007001" });
  await at.type({ email: "zhangsan@example.cn", phone: "086-0571-00000000" });
  await at.press("保存并继续");
}

/** The new website of a filing. */
export async function fillWebsite(story: Story, siteName: string, domain: string): Promise<void> {
  const { at } = story;
  await at.open(page(story, "/websites/1"));
  await at.sees("网站");
  await at.looksRight("new website");
  await at.choose("serviceType", "1");
  await at.tick("samePerson", "1");
  await at.type({ siteName, homePages: `www.${domain}` });
  await at.tick("serviceContents", "9");
  await at.tick("languages", "1");
  await at.goOn("保存并继续", "网站接入");
}

/** The access, on whose page the browser is. */
export async function fillAccess({ at }: Story, ip: string): Promise<void> {
  await at.sees("网站接入");
  await at.looksRight("new access");
  await at.tick("accessModes", "5");
  await at.tick("serverPlaces", "330000");
  await at.type({ ips: ip });
  await at.press("保存并继续");
}
