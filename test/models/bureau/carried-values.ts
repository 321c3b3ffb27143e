import { plain } from "../../../src/gateways/bureau/build.ts";
import { ipv4Number } from "../../../src/gateways/bureau/ipv4.ts";
import { childrenOf, type Tree } from "../../../src/gateways/bureau/xml.ts";
import { codeRow, isIndividual } from "../../../src/vocabulary/code-tables.ts";
import { bureauDivision } from "../../../src/vocabulary/divisions.ts";
import {
  approvalNumberKey,
  type Field,
  fieldsOf,
  listOf,
  type SectionKind,
  textOf,
  type Values,
} from "../../../src/vocabulary/fields/index.ts";
import { subjectPerson, websitePerson } from "../../../src/vocabulary/persons.ts";

/** The texts of all elements under a path such as `Zj/Zjhm`, in order. */
export const textsAt = (tree: Tree, path: string): string[] =>
  path
    .split("/")
    .reduce<Tree[]>((trees, name) => trees.flatMap((one) => childrenOf(one, name)), [tree])
    .map(({ text }) => text);

type Reading = (values: Values, subject: Values, field: Field) => string[][];

const ends = (values: Values): [from: string, to: string][] =>
  listOf(values, "ips").map((typed) => {
    const [from = "", to = from] = typed.split("-");
    return [from, to];
  });

/** Fields that are not simply written as they are typed: a list for each path of the field. */
const readings: Record<string, Reading> = {
  "subject.division": (values) => {
    const { province, city, county } = bureauDivision(
      textOf(values, "province"),
      textOf(values, "city"),
      textOf(values, "county"),
    );
    return [[province], [city], county ? [county] : []];
  },
  "subject.investor": (values) => [isIndividual(values.nature) ? [] : [textOf(values, "investor")]],
  "website.homePages": (values) => [[listOf(values, "homePages").join(";")]],
  "website.preApprovals": (values) => [
    listOf(values, "preApprovals"),
    listOf(values, "preApprovals").map((code) => textOf(values, approvalNumberKey(code))),
  ],
  "access.serverPlaces": (values) => [
    listOf(values, "serverPlaces").map((code) => codeRow("province", code)?.fbdd ?? code),
  ],
  "access.ips": (values) => [
    ends(values).map(([from]) => String(ipv4Number(from))),
    ends(values).map(([, to]) => String(ipv4Number(to))),
  ],
};

const PERSON: Record<string, keyof ReturnType<typeof subjectPerson>> = {
  Fzr_xm: "name",
  Fzr_sjhm: "mobile",
  Fzr_dzyj: "email",
  Fzr_zjlx: "idType",
  Fzr_zjhm: "idNo",
};

/** A responsible person: the one that counts, and a mobile number where a unit has no office telephone. */
function personText(path: string, section: SectionKind, values: Values, subject: Values): string {
  const person = section === "subject" ? subjectPerson(values) : websitePerson(values, subject);
  const name = path.split("/")[1] ?? "";
  if (name === "Fzr_dhhm") return person.phone || (isIndividual(subject.nature) ? "" : person.mobile);
  if (name === "Qq" || name === "Msn")
    return person.messengerType === name.toLowerCase() ? person.messenger : "";
  const key = PERSON[name];
  return key ? person[key] : "";
}

const plainTexts = ({ key, parts }: Field, values: Values): string[] =>
  parts[0]?.list ? listOf(values, key) : [textOf(values, key)];

/** What the elements of a field must hold, by path; the fields of the dictionary that name one, in their order. */
export function expectedIn(section: SectionKind, values: Values, subject: Values): Map<string, string[]> {
  const expected = new Map<string, string[]>();
  for (const field of fieldsOf(section).filter(({ bureau, kind }) => bureau !== null && kind !== "fixed")) {
    const paths = field.bureau?.split(", ") ?? [];
    const read = readings[`${section}.${field.key}`];
    for (const [index, path] of paths.entries()) {
      const texts = read
        ? (read(values, subject, field)[index] ?? [])
        : /^(Wz_)?Fzr\//.test(path)
          ? [personText(path, section, values, subject)]
          : plainTexts(field, values);
      expected.set(
        path,
        texts.map(plain).filter((text) => text !== ""),
      );
    }
  }
  return expected;
}
