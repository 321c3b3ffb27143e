import type { Operation } from "../../gateways/bureau/index.ts";
import { formatIcpNumber, parseIcpNumber } from "../../vocabulary/icp-number.ts";
import { recordIdOf, targetOf } from "./operation.ts";
import { operationCode } from "./operation-codes.ts";
import type { Content } from "./parts.ts";

/** A name under which the bureau may speak of something: prefixed, since its ids and ours are numbers of two kinds. */
export const ourName = (id: number | string): string => `our:${id}`;
export const bureauName = (id: number | string): string => `bureau:${id}`;
export const numberName = (number: string): string => {
  const parsed = parseIcpNumber(number);
  return `number:${parsed ? formatIcpNumber(parsed) : number.trim()}`;
};

/** The subject's part of any number. */
const subjectNumberName = (number: string): string => {
  const parsed = parseIcpNumber(number);
  return parsed ? `number:${formatIcpNumber(parsed, true)}` : numberName(number);
};

/** What a text of an answer (Bs, Jlid) may mean: a number, or an id of ours or of the bureau. */
export function namesIn(text: string): string[] {
  const trimmed = text.trim();
  if (/^\d{1,18}$/.test(trimmed)) return [ourName(Number(trimmed)), bureauName(Number(trimmed))];
  return trimmed === "" ? [] : [numberName(trimmed)];
}

/** How a package is found again: Czlx, every name that an answer may use, and the subject it is about. */
export type Labels = { operation: number; about: string[]; subject: string | null };

/**
 * Labels of a package (企业系统接口规范 V3.0, 4-2-1-6): a first filing comes back under our subject id, new websites under
 * the subject's number or id and our website ids, an access under our access id or the website's number, a change under
 * the subject's number or id, a cancellation under the bureau's id of what is cancelled.
 */
export function labelsOf(operation: Operation, content: Content): Labels {
  const about = aboutOf(operation, content);
  return {
    operation: operationCode(operation),
    about: [...new Set(about)],
    subject: subjectOf(operation, content),
  };
}

function aboutOf(operation: Operation, content: Content): string[] {
  const { known, data } = content;
  const subject = known.subject;
  const ofSubject = subject ? [numberName(subject.number), ...bureauNames([subject])] : [];
  switch (operation.kind) {
    case "first":
      return [ourName(operation.subject.id)];
    case "add":
      return [
        ...refNames(operation.subject),
        ...bureauNames(subject ? [subject] : []),
        ...operation.websites.map(({ id }) => ourName(id)),
      ];
    case "join":
      return [ourName(operation.access.id), ...refNames(operation.website)];
    case "change":
      return [...ofSubject, ourName(recordIdOf(data.subject))];
    case "cancel":
      return [bureauName(operation.bureauId), ...targetNumber(content)];
    case "supplement":
    case "inquiry-answer":
    case "unfiled-site-answer":
      return [];
  }
}

function subjectOf(operation: Operation, { known, data }: Content): string | null {
  if (operation.kind === "supplement") return null;
  if (known.subject) return subjectNumberName(known.subject.number);
  if (operation.kind === "add" && "number" in operation.subject)
    return subjectNumberName(operation.subject.number);
  if (operation.kind === "join" && "number" in operation.website)
    return subjectNumberName(operation.website.number);
  return ourName(data.subject.id);
}

const refNames = (ref: { number: string } | { bureauId: number }): string[] =>
  "number" in ref ? [numberName(ref.number)] : [bureauName(ref.bureauId)];

const bureauNames = (known: readonly { bureauId: number | null }[]): string[] =>
  known.flatMap(({ bureauId }) => (bureauId === null ? [] : [bureauName(bureauId)]));

function targetNumber(content: Content): string[] {
  const target = targetOf(content);
  return target && "number" in target ? [numberName(target.number)] : [];
}
