import * as assert from "uvu/assert";
import { Person } from "../../support/journey-person.ts";
import { pictures } from "../../support/journey-pictures.ts";
import {
  digitsIn,
  fillAccess,
  fillSubject,
  fillWebsite,
  openFiling,
  pictureIn,
  register,
  signIn,
  upload,
} from "../../support/journey-registrant.ts";
import { type Chapter, page } from "./tale.ts";

/** Who has never filed registers, fills in the forms, puts in pictures and submits. */
export const filing: Chapter = [
  [
    "given a person who has never filed, who reads the agreement",
    async ({ registrant: at }) => {
      await at.open("/");
      await at.looksRight("welcome");
      await at.press("注册");
      await at.sees("用户协议和备案须知");
      await at.looksRight("agreement");
      await at.goOn("同意，开始注册", "注册");
    },
  ],
  [
    "when they send an empty form, they are taken to what is missing",
    async ({ registrant: at }) => {
      await at.looksRight("registration");
      await at.press("注册并发送验证码");
      await at.isTakenToProblems("处要改");
      await at.looksRight("registration with problems");
    },
  ],
  [
    "when they register and type the code of the mail, then the account is theirs",
    async ({ world, registrant: at, who }) => {
      await register(at, who);
      await at.looksRight("activation");
      await at.type({ code: digitsIn(await world.mailTo(who.email, /激活/)) });
      await at.goOn("激活", "激活成功");
      await at.reads(who.userName);
    },
  ],
  [
    "when they sign in on another device, a second code is asked for",
    async (tale) => {
      const { world, way, who, checked } = tale;
      tale.others.push(tale.registrant);
      tale.registrant = await Person.arrives(world, way, checked);
      await signIn(world, tale.registrant, who);
      await tale.registrant.press("登录");
      await tale.registrant.reads(who.person);
      await tale.registrant.looksRight("home");
    },
  ],
  [
    "when they name certificate and domain, then a filing is begun",
    async (tale) => {
      const { registrant: at, who } = tale;
      await at.open("/filings/new");
      await at.looksRight("new filing");
      tale.number = await openFiling(at, who);
      assert.match(tale.number, /^\d{8}-\d+$/);
    },
  ],
  [
    "when they fill in the subject and prove the telephone with the code of the message, then the website comes",
    async ({ world, registrant: at, who }) => {
      await at.looksRight("subject");
      await fillSubject(world, at, who);
      await at.goOn("保存并继续", "网站");
    },
  ],
  [
    "when the home page is on another domain, they are taken to it and may go on for now",
    async ({ registrant: at, who }) => {
      await at.looksRight("website");
      await fillWebsite(at, who);
      await at.press("保存并继续");
      await at.isTakenToProblems("不在填写的域名下面");
      await at.looksRight("website with problems");
      await at.goOn("先跳过，以后再改", "网站接入");
      await at.looksRight("access");
      await fillAccess(at);
      await at.goOn("保存并继续", "上传证件及核验单");
    },
  ],
  [
    "when they put in pictures, one of 12 megapixels and lying on its side, then all are ready",
    async ({ registrant: at, who }) => {
      await at.looksRight("materials");
      for (const slot of ["certificate", "leader", "form", "domain"] as const)
        await upload(at, slot, await pictures[slot](who));
      await at.looksRight("materials, all ready");
      await at.reads("已全部就绪");
      const { width = 0, height = 0, orientation, exif } = await pictureIn(at, "form");
      assert.ok(height > width && height > 1500, `upright and large: ${width} × ${height}`);
      assert.equal([orientation, exif], [undefined, undefined]);
    },
  ],
  [
    "then the summary names the mistake, and leads to its place",
    async (tale) => {
      const { registrant: at, who } = tale;
      await at.goOn("下一步：核对信息", "核对信息");
      await at.reads("预审报告：1处必须修改");
      await at.looksRight("summary with findings");
      await at.page.locator("#report ol a").first().click();
      await at.quiet();
      await at.sees("网站");
      await at.type({ homePages: `www.${who.domain}` });
      await at.goOn("保存并继续", "网站接入");
      await at.open(page(tale, "/check"));
      await at.reads("可以提交");
    },
  ],
  [
    "when they agree and submit, then the filing waits for its initial review",
    async ({ world, registrant: at, who }) => {
      await at.press("提交初审");
      await at.isTakenToProblems(/核对|真实/);
      await at.page.locator("#agree").check();
      await at.looksRight("summary");
      await at.goOn("提交初审", who.siteName);
      await at.reads("等待信息初审");
      await world.mailTo(who.email, /备案单已提交审核/);
      await at.looksRight("filing");
    },
  ],
];
