import { IDENTITY_CARD, isIndividual } from "../vocabulary/code-tables.ts";
import { parseCreditCode } from "../vocabulary/credit-code.ts";
import { isVisible, maybeField, textOf, type Values } from "../vocabulary/fields/index.ts";
import { type PersonSection, personKeys } from "../vocabulary/fields/person.ts";
import type { FilingData, ReadDocument, Section } from "../vocabulary/filing.ts";
import { parseIdentityCard } from "../vocabulary/identity-card.ts";
import type { SlotKey } from "./slots.ts";

/** Something that was read on a picture, beside the field that says the same. */
export type ReadFact = {
  key: string;
  slot: SlotKey;
  document: ReadDocument;
  text: string;
  /** Its check character is right: as good as typed twice. */
  isSure: boolean;
};

/** Types of documents that carry a unified social credit code and look like a business licence. */
const LICENCE = "1";

/** What lies in each slot that is read, by what was filled in; undefined: nothing that can be read. */
const kinds: Partial<
  Record<SlotKey, (subject: Values, website: Values) => ReadDocument["kind"] | undefined>
> = {
  certificate: (subject) => {
    const type = textOf(subject, "certType") || (isIndividual(subject.nature) ? IDENTITY_CARD : LICENCE);
    return { [LICENCE]: "businessLicence" as const, [IDENTITY_CARD]: "identityCard" as const }[type];
  },
  leader: (subject) => cardOf(textOf(subject, isIndividual(subject.nature) ? "certType" : "idType")),
  siteLeader: (_, website) => cardOf(textOf(website, "leaderIdType")),
};

const cardOf = (type: string): "identityCard" | undefined =>
  type === "" || type === IDENTITY_CARD ? "identityCard" : undefined;

/** Slots whose pictures are read at all. */
export const isReadSlot = (slot: string): boolean => slot in kinds;

/** What kind of document lies in a slot of a section; undefined where it is none that can be read. */
export function readKind(
  filing: FilingData,
  slot: string,
  sectionId: number | null,
): ReadDocument["kind"] | undefined {
  const website = filing.websites.find(({ id }) => id === sectionId);
  return kinds[slot as SlotKey]?.(filing.subject.values, website?.values ?? {});
}

type Fact = "name" | "number" | "address" | "until" | "person";

/** Which field of its section each fact of a document belongs to. */
function fieldsFor(
  { kind, values }: Section,
  slot: SlotKey,
  document: ReadDocument,
): Partial<Record<Fact, string>> {
  const subject = { name: "name", number: "certNo", address: "residence", until: "certValidUntil" };
  if (slot === "certificate" && document.kind === "businessLicence")
    return textOf(values, "leaderAuthorised") === "1" ? subject : { ...subject, person: "person" };
  if (kind === "subject" && isIndividual(values.nature)) return subject;
  if (slot === "certificate") return {};
  const keys = personKeys[kind as PersonSection];
  return { name: keys.name, number: keys.idNo, until: keys.idValidUntil };
}

const isRight: Record<ReadDocument["kind"], (number: string) => boolean> = {
  identityCard: (number) => parseIdentityCard(number).ok,
  businessLicence: (number) => parseCreditCode(number).ok,
};

/** All that was read for a section, field by field, in the order of the documents. */
export function readFacts({ materials }: Pick<FilingData, "materials">, section: Section): ReadFact[] {
  return materials.flatMap((material) => {
    const { read: document, sectionId } = material;
    const slot = material.slot as SlotKey;
    if (!document || sectionId !== section.id) return [];
    const fields = Object.entries(fieldsFor(section, slot, document)) as [Fact, string][];
    return fields.flatMap(([fact, key]) => {
      const text = document[fact];
      const field = maybeField(section.kind, key);
      if (text === undefined || !field || !isVisible(field, section.values)) return [];
      return [{ key, slot, document, text, isSure: fact === "number" && isRight[document.kind](text) }];
    });
  });
}
