import * as assert from "uvu/assert";
import { pictures } from "../../support/journey-pictures.ts";
import { upload } from "../../support/journey-registrant.ts";
import { act, claimNext, postCurtain } from "../../support/journey-staff.ts";
import { arrive, becomes, type Chapter, page } from "./tale.ts";

/** From the curtain over the second pair of eyes and the bureau to the number. */
export const approval: Chapter = [
  [
    "when the registrant orders a curtain and it is posted, then the mail has its number",
    async (tale) => {
      const { world, registrant: at, who, number } = tale;
      await at.open(page(tale));
      await at.reads("现在要做：拍摄核验照片");
      await at.looksRight("filing with the photo due");
      await at.goOn("申请幕布", "申请幕布");
      await at.type({ recipient: who.person, phone: who.mobile, address: who.residence });
      await at.looksRight("curtain");
      await at.press("申请幕布");
      await at.reads("已申请，等待寄出");
      const tracking = `SF100000${number.slice(-4)}`;
      await postCurtain(await arrive(tale, "周八"), number, tracking);
      assert.match(await world.mailTo(who.email, /幕布已寄出/), tracking);
    },
  ],
  [
    "when they have it and send the photo, then the filing waits for its verification",
    async (tale) => {
      const { registrant: at, who } = tale;
      await at.open(page(tale, "/curtain"));
      await at.press("我已收到幕布");
      await at.open(page(tale, "/photo"));
      await at.looksRight("photo");
      await upload(at, "photo", await pictures.photo(who));
      await at.open(page(tale));
      await at.press("提交核验");
      await at.reads("等待信息核验");
    },
  ],
  [
    "when another member of staff verifies it, then it may go to the bureau",
    async (tale) => {
      const { world, who } = tale;
      const verifier = await arrive(tale, "赵六");
      await claimNext(verifier, "verification", who.newName);
      await verifier.looksRight("console verification");
      await act(verifier, "a", /^核验通过/);
      await world.mailTo(who.email, /信息核验已通过/);
    },
  ],
  [
    "when 上报 sends it, then the bureau has it and the short-message check is due",
    async (tale) => {
      const submitter = await arrive(tale, "孙七");
      await submitter.open(`/console/filings/${tale.number}`);
      await act(submitter, "a", /^提交管局/);
      await becomes(tale, "待短信核验");
      await tale.registrant.looksRight("filing with the short-message check due");
      await submitter.open("/console/bureau");
      await submitter.reads("管局已收到");
      await submitter.looksRight("console bureau");
      await tale.registrant.press("我已完成短信核验");
      await tale.registrant.reads("等待管局审核");
    },
  ],
  [
    "when the bureau approves, then the mail with the numbers comes and the record stands",
    async (tale) => {
      const { world, registrant: at, who } = tale;
      const [sent, ...others] = world.simulator.view().filings.filter(({ name }) => name === who.company);
      assert.equal([sent?.state, others], ["waiting", []]);
      world.simulator.order({ action: "approve", filing: sent?.id ?? 0 });
      await world.askBureau();
      const mail = await world.mailTo(who.email, /备案成功/);
      const [, siteNumber = ""] = /网站备案号：\*?\*?(浙ICP备\d+号-\d+)/.exec(mail) ?? [];
      assert.match(siteNumber, /^浙ICP备/);
      await at.open(page(tale));
      await at.reads(siteNumber);
      await at.looksRight("filing with its numbers");
      await at.open("/records");
      await at.reads(siteNumber);
      await at.looksRight("records");
    },
  ],
];
