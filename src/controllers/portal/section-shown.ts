import { groupsOf, labelOf, maskedValue } from "../../vocabulary/fields/index.ts";
import type { FilingKind } from "../../vocabulary/filing.ts";
import { headOf } from "./section-page.ts";
import type { SectionPlace } from "./section-place.ts";

/** Why a section is not to be filled in, by kind of filing. */
const reasons: Record<FilingKind, string> = {
  first: "",
  add: "主办单位已有备案，新增网站时不能修改。要修改，请等这件办完，再办理变更主体。",
  join: "新增接入只增加一条接入，原来的主体和网站信息不能修改。",
  change: "这次变更不包括这一部分。每次只能变更主体、网站、接入里的一项，要改这里，请等这件办完再办理。",
  cancel: "这里是要注销的内容，不能修改。",
};

/** A section as text: copied from the record, masked. */
export async function shownPage(place: SectionPlace) {
  const { kind, values } = place.section;
  const groups = groupsOf(kind, values).map(({ legend, fields }) => ({
    legend,
    rows: fields
      .map((field) => ({ label: labelOf(field, values), text: maskedValue(field, values) }))
      .filter(({ text }) => text !== ""),
  }));
  return { ...(await headOf(place)), groups, why: reasons[place.filing.kind] };
}
