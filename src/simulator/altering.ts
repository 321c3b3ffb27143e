import { child, type Tree, textAt } from "../gateways/bureau/xml.ts";
import { DeskRefused, type Office } from "./office.ts";
import { recordOf } from "./records.ts";
import { placeOf } from "./sent/places.ts";
import { withChildren, withText } from "./trees.ts";

/** What the desk writes over: the bureau's id of a subject or a website, the place in it, and what stands there then. */
type Alteration = { bureauId: number; path: string; text: string };

const isMeant = ({ name, children }: Tree, id: number): boolean =>
  ["Zt_xx", "Wz_xx"].includes(name) &&
  children.some((one) => ["Ztid", "Wzid"].includes(one.name) && one.text === String(id));

/** Writes over what is on record and tells nobody, so that the records of a provider differ. Throws `DeskRefused`. */
export function altered(office: Office, { bureauId, path, text }: Alteration): void {
  const { record } = placeOf(office, "either", bureauId);
  const content = office.cabinet.contentOf(record);
  const parts = content.children.map((part) => (isMeant(part, bureauId) ? withText(part, path, text) : part));
  const changed = withChildren(content, parts);
  const meant = parts.find((part) => isMeant(part, bureauId));
  if (textAt(meant, path) !== text || !child(changed, "Zt_xx"))
    throw new DeskRefused("备案信息里没有这一项。");
  const after = recordOf(changed, record);
  office.cabinet.keepContent(after, changed);
  office.record({ type: "recorded", record: after, files: [], nextId: office.state.nextId });
}
