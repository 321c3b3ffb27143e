import type { Filing } from "../../models/filing/rows.ts";
import { listOf, textOf } from "../../vocabulary/fields/index.ts";
import type { FilingData, Section, WebsiteSection } from "../../vocabulary/filing.ts";

/** What a cancellation takes off the record: said before it is confirmed. */
export type Cascade = {
  text: string;
  items: { name: string; number: string; domains: string; accesses: number }[];
};

const words = {
  subject: "注销主体以后，主体备案号和下面全部网站的备案号、接入都一起注销，网站要停止访问。",
  website: "注销以后，这个网站的备案号和它的全部接入一起注销，网站要停止访问。主体和其他网站不变。",
  access:
    "取消接入以后，这个网站在这里的接入去掉，备案号还在。没有别的接入的，要在别的接入商办理新增接入，否则备案号会被管局注销。",
};

const itemOf = ({ values, accesses }: WebsiteSection): Cascade["items"][number] => ({
  name: textOf(values, "siteName"),
  number: textOf(values, "number"),
  domains: listOf(values, "domains").join("、"),
  accesses: accesses.length,
});

/** What goes with it; undefined for everything that is no cancellation. */
export function cascadeOf(
  { scope }: Pick<Filing, "scope">,
  { websites }: Pick<FilingData, "websites">,
  { kind }: Pick<Section, "kind">,
): Cascade | undefined {
  if (kind !== "cancellation" || !scope) return undefined;
  return { text: words[scope], items: websites.map(itemOf) };
}
