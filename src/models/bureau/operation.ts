import type { ChangedWebsite, Operation, RecordRef } from "../../gateways/bureau/index.ts";
import { textOf } from "../../vocabulary/fields/index.ts";
import type { FilingKind, Section, WebsiteSection } from "../../vocabulary/filing.ts";
import { attachmentsOf } from "./attachments.ts";
import { accessOf, subjectOf, websiteOf } from "./blocks.ts";
import { type Content, type Lack, OperationIncomplete } from "./parts.ts";

/**
 * A filing as the bureau takes it (上报), by its kind. Pure: values, ids and pictures in, the shape of the interface out.
 * Throws `OperationIncomplete` for what is missing on record or was never given.
 */
export const uploadOf = (content: Content): Operation => builders[content.data.kind](content);

const builders: Record<FilingKind, (content: Content) => Operation> = {
  first: (content) => ({
    kind: "first",
    subject: subjectOf(content.data.subject, content.onBehalf),
    websites: content.data.websites.map((website) => websiteOf(content, website)),
    attachments: attachmentsOf(content),
  }),
  add: (content) => ({
    kind: "add",
    subject: { number: content.known.subject?.number ?? filledNumber(content.data.subject) },
    websites: content.data.websites.map((website) => websiteOf(content, website)),
    attachments: attachmentsOf(content),
    ...withPassword(content),
  }),
  join: (content) => {
    const [website] = content.data.websites;
    const [access] = website?.accesses ?? [];
    if (!website || !access) throw new Error("新增接入 without its website");
    return {
      kind: "join",
      website: { number: filledNumber(website) } satisfies RecordRef,
      access: accessOf(access, content.ids, content.version),
      attachments: attachmentsOf(content),
      passwordHash: needed(content.passwordHash, "password_missing"),
    };
  },
  change: (content) => {
    const { subject } = content.known;
    return {
      kind: "change",
      subject: {
        ...subjectOf(content.data.subject, content.onBehalf),
        id: recordIdOf(content.data.subject),
        bureauId: needed(subject?.bureauId, "bureau_ids_missing"),
        number: needed(subject?.number, "record_number_missing"),
      },
      websites: accessedWebsites(content).map((website) => changedWebsiteOf(content, website)),
      attachments: attachmentsOf(content),
      ...withPassword(content),
    };
  },
  cancel: (content) => {
    const values = content.data.cancellation?.values ?? {};
    const explanation = textOf(values, "explanation");
    return {
      kind: "cancel",
      of: content.data.scope ?? "subject",
      bureauId: needed(targetOf(content)?.bureauId, "bureau_ids_missing"),
      reason: Number(textOf(values, "reason")),
      ...(explanation === "" ? {} : { explanation }),
      ...withPassword(content),
    };
  },
};

/** A website that is accessed elsewhere alone cannot stand in the image; one that is not listed is left as it is. */
function accessedWebsites({ data: { websites } }: Content): WebsiteSection[] {
  const accessed = websites.filter(({ accesses }) => accesses.length > 0);
  if (accessed.length === 0) throw new OperationIncomplete("access_missing");
  return accessed;
}

/** 网站 as it shall be, every part of it with the id that it has on record; what is new has ours alone. */
function changedWebsiteOf(content: Content, website: WebsiteSection): ChangedWebsite {
  const { known } = content;
  const id = recordIdOf(website);
  const recorded = known.websites.find((one) => one.id === id);
  const plain = websiteOf(content, website);
  return {
    ...plain,
    id,
    bureauId: needed(recorded?.bureauId, "bureau_ids_missing"),
    number: needed(recorded?.number, "record_number_missing"),
    domains: plain.domains.map((one) => {
      const same = known.domains.find(({ websiteId, domain }) => websiteId === id && domain === one.name);
      return same ? { ...one, ...idsOf(same) } : one;
    }),
    accesses: website.accesses.map((access) => changedAccessOf(content, access)),
  };
}

function changedAccessOf(content: Content, section: Section): ChangedWebsite["accesses"][number] {
  const id = recordIdOf(section);
  const { known } = content;
  const plain = accessOf(section, content.ids, content.version);
  return {
    ...plain,
    id,
    bureauId: needed(known.accesses.find((one) => one.id === id)?.bureauId, "bureau_ids_missing"),
    ips: plain.ips.map((one) => {
      const same = known.ips.find(
        ({ accessId, first, last }) => accessId === id && first === one.from && last === one.to,
      );
      return same ? { ...one, ...idsOf(same) } : one;
    }),
  };
}

const idsOf = ({ id, bureauId }: { id: number; bureauId: number | null }) =>
  bureauId === null ? { id } : { id, bureauId };

/** The record that a cancellation is about. */
export const targetOf = ({ data, targetId, known }: Content) =>
  ({
    subject: known.subject,
    website: known.websites.find(({ id }) => id === targetId),
    access: known.accesses.find(({ id }) => id === targetId),
  })[data.scope ?? "subject"];

export const recordIdOf = ({ id, recordId }: Pick<Section, "id" | "recordId">): number => recordId ?? id;

const filledNumber = ({ values }: Section): string =>
  needed(textOf(values, "number") || undefined, "record_number_missing");

const withPassword = ({ passwordHash }: Content) => (passwordHash ? { passwordHash } : {});

function needed<T>(value: T | null | undefined, lack: Lack): T {
  if (value === null || value === undefined) throw new OperationIncomplete(lack);
  return value;
}
