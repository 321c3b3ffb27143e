import type { Opening, Path, Sighting } from "../../models/type-check/paths.ts";
import type { TypeCheck } from "../../models/type-check/rows.ts";

/** What a path is called and what it means, for the page of the check. */
export const pathWords: Record<Path, { title: string; text: string }> = {
  first: { title: "首次备案", text: "主办单位和域名都没有备案，主体、网站和接入都要填写。" },
  add_here: { title: "新增网站", text: "主办单位已有备案，不用再填，只填写新的网站和接入。" },
  add_elsewhere: {
    title: "新增网站",
    text: "主办单位在别的接入商备过案。用主体备案号和备案密码核对以后，填写主体、新的网站和接入。",
  },
  join: {
    title: "新增接入",
    text: "域名在别的接入商备过案，只增加接入，原来的主体和网站信息不变。",
  },
  change: {
    title: "已经备案",
    text: "这个主办单位和域名在这里都已备案，不用再备案。信息有变化，请办理变更备案。",
  },
  foreign_domain: {
    title: "域名已由别人备案",
    text: "这个域名备案在别的主办单位名下，现在不能办理。",
  },
};

/** What the registrant chooses between where it could not be found out. */
export const choiceWords: Record<Opening, { label: string; hint: string }> = {
  first: { label: "首次备案", hint: "主办单位和域名都从来没有备案" },
  add_here: { label: "新增网站", hint: "域名还没有备案" },
  add_elsewhere: { label: "新增网站", hint: "主办单位在别的接入商备过案，域名还没有备案" },
  join: { label: "新增接入", hint: "域名在别的接入商备过案，现在网站要搬来或同时放在这里" },
};

const seen = (
  { here, own, filed }: Sighting,
  provider: string,
  words: { own: string; other: string; elsewhere: string; no: string; unknown: string },
): string => {
  if (here) return own ? words.own : words.other.replace("{isp}", provider);
  if (filed === null) return words.unknown;
  return filed ? words.elsewhere : words.no;
};

/** What was found, a sentence each: the certificate, the domain, and who was asked. */
export function foundWords({ evidence, bureau }: TypeCheck, provider: string): string[] {
  const asked = {
    answered: `已查管局和${provider}的备案记录。`,
    silent: `管局的查询系统现在没有回应，只查了${provider}的备案记录。系统稍后会再查，不影响您办理。`,
    none: `只查了${provider}的备案记录，没有向管局查询。`,
  }[bureau];
  return [
    seen(evidence.certificate, provider, {
      own: "主办单位：在您的账号里已有备案。",
      other: "主办单位：在{isp}的另一个账号里已有备案。",
      elsewhere: "主办单位：在别的接入商已有备案。",
      no: "主办单位：没有查到备案。",
      unknown:
        bureau === "none" ? "主办单位：在这里没有备案。" : "主办单位：在这里没有备案，别处还没有查到结果。",
    }),
    seen(evidence.domain, provider, {
      own: "域名：在您的账号里已有备案。",
      other: "域名：在{isp}的另一个账号里已有备案。",
      elsewhere: "域名：在别的接入商已有备案。",
      no: "域名：没有查到备案。",
      unknown: bureau === "none" ? "域名：在这里没有备案。" : "域名：在这里没有备案，别处还没有查到结果。",
    }),
    asked,
  ];
}
