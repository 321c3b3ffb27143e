import type { Attachment, AttachmentOwner, InquiryAnswer, Operation, RecordRef } from "./operations.ts";

/** Finds what is on record under our id of something in the same upload; undefined where it cannot be named. */
type Known = (owner: { kind: "subject" | "website"; id: number }) => RecordRef | undefined;

/** 浙ICP备2026000123号-2 to 浙ICP备2026000123号; of a website named by an id the subject is not known. */
const subjectOfWebsite = (website: RecordRef): RecordRef | undefined =>
  "number" in website ? { number: website.number.replace(/-.*$/, "") } : undefined;

/** One of the two ways to name a record: by the bureau's id where there is one. */
const refOf = (known: RecordRef | undefined): RecordRef | undefined => {
  if (!known) return undefined;
  return "bureauId" in known ? { bureauId: known.bureauId } : { number: known.number };
};

const named = (attachments: Attachment[], known: Known): Fields[] =>
  attachments.map(({ owner, ...attachment }) => ({
    ...attachment,
    owner: { kind: owner.kind, ref: refOf(refGiven(owner) ?? known(owner as Parameters<Known>[0])) },
  }));

const refGiven = (owner: AttachmentOwner): RecordRef | undefined => owner.ref;

type Fields = Record<string, unknown>;

/** How each access of an answer was reported is what the subject says of all. */
const withReportedBy = (answer: InquiryAnswer): Fields => ({
  ...answer,
  websites: answer.websites.map((website) => ({
    ...website,
    accesses: website.accesses.map((access) => ({ ...access, reportedBy: answer.subject.reportedBy })),
  })),
});

/**
 * An operation with what the elements ask for beyond it: each attachment names its owner as it is on record (in a first
 * filing, where nothing is, by our id).
 */
export function withOwners(operation: Operation): Fields {
  switch (operation.kind) {
    case "add": {
      const { subject, attachments } = operation;
      const known: Known = ({ kind, id }) => (kind === "subject" ? subject : { bureauId: id });
      return { ...operation, attachments: named(attachments, known) };
    }
    case "join": {
      const { website, attachments } = operation;
      const known: Known = ({ kind }) => (kind === "website" ? website : subjectOfWebsite(website));
      return { ...operation, attachments: named(attachments, known) };
    }
    case "change": {
      const { subject, websites, attachments } = operation;
      const known: Known = ({ kind, id }) =>
        kind === "subject" ? subject : websites.find((website) => website.id === id);
      return { ...operation, attachments: named(attachments, known) };
    }
    case "supplement":
      return { ...operation, attachments: named(operation.attachments, ({ id }) => ({ bureauId: id })) };
    case "inquiry-answer":
      return withReportedBy(operation);
    default:
      return { ...operation };
  }
}
