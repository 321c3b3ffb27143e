import type { BureauRecord } from "../../gateways/bureau/downloads.ts";
import {
  displayValue,
  type Field,
  fieldsOf,
  groupsOf,
  listOf,
  sectionNames,
} from "../../vocabulary/fields/index.ts";
import type { SectionKind, Values } from "../../vocabulary/filing.ts";
import { type OurRecord, ourAccess, sitesAsked, subjectSent, websiteSent } from "./ours.ts";
import { theirRecord } from "./their-values.ts";

/** A section of the bureau's record beside ours. `missing`: which side does not have it. */
export type ComparedSection = {
  kind: Exclude<SectionKind, "cancellation">;
  title: string;
  theirs: Values;
  ours: Values | undefined;
  lines: ComparedLine[];
};

/** `differs` is undefined where one side says nothing of it. */
export type ComparedLine = { field: Field; differs: boolean | undefined };

/** Everything that the bureau asks about, beside ours; websites of ours that it does not name are left out. */
export function comparedRecord(record: BureauRecord, ours: OurRecord | undefined): ComparedSection[] {
  const theirs = theirRecord(record);
  const subject = ours?.record.values ?? {};
  const sites = sitesAsked(ours, record).flatMap(({ theirs: asked, own }, at): ComparedSection[] => {
    const site = theirs.websites[at];
    if (!site) return [];
    const title = `${sectionNames.website}${site.name && `“${site.name}”`}`;
    const values = own && websiteSent(withNumber(own), subject);
    const accesses = site.accesses.map((access, place) => {
      const found = ours && own && ourAccess(ours, own, asked, place);
      return section("access", `${title}的接入`, access.values, found?.values);
    });
    return [section("website", title, site.values, values), ...accesses];
  });
  const own = ours && subjectSent({ ...subject, number: ours.record.number });
  return [section("subject", sectionNames.subject, theirs.values, own), ...sites];
}

const withNumber = ({ values, number }: { values: Values; number: string }): Values => ({
  ...values,
  number,
});

function section(
  kind: ComparedSection["kind"],
  title: string,
  theirs: Values,
  ours: Values | undefined,
): ComparedSection {
  const shown = new Set(
    [theirs, ours ?? {}].flatMap((values) => groupsOf(kind, values).flatMap(({ fields }) => fields)),
  );
  const lines = fieldsOf(kind)
    .filter((field) => shown.has(field) && field.bureau !== null)
    .map((field) => ({
      field,
      differs: ours && isTold(field, theirs) ? differ(field, theirs, ours) : undefined,
    }))
    .filter(({ field }) => [theirs, ours ?? {}].some((values) => displayValue(field, values) !== ""));
  return { kind, title, theirs, ours, lines };
}

/** A bureau writes remarks of its own, which say nothing about ours. */
const isTold = ({ key: name, parts }: Field, theirs: Values): boolean =>
  name !== "remark" && parts.some(({ key }) => key in theirs);

/** Lists are compared without regard to their order, texts without regard to blanks around them. */
function differ(field: Field, theirs: Values, ours: Values): boolean {
  const read = (values: Values) =>
    field.parts[0]?.list && field.kind !== "approvals"
      ? [...listOf(values, field.key)].sort().join("\n")
      : displayValue(field, values).trim();
  return read(theirs) !== read(ours);
}
