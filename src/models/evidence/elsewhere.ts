import type { Elsewhere } from "../../rules/types.ts";
import { isIndividual } from "../../vocabulary/code-tables.ts";
import type { FilingData } from "../../vocabulary/filing.ts";
import { type Person, subjectPerson, websitePerson } from "../../vocabulary/persons.ts";
import { listedOf } from "../blacklist/match.ts";
import type { Filing } from "../filing/rows.ts";
import { editable } from "../filing/states.ts";
import type { Store } from "../store.ts";
import { contactsKey, emailKey, mobileKey, personKey, subjectKey, type Trace } from "./traces.ts";

/** A question, the value it is about, and the digests that answer it. */
type Question = Pick<Trace, "kind" | "key" | "person" | "contacts"> & { about: string };

type Asking = Pick<Filing, "id" | "ispId" | "subjectId">;

/** What a filing would hold alone, see `holdsOf`. */
type Held = { kind: "certificate" | "domain" | "record"; value: string };

/**
 * Which of the filing's own values other subjects use, in filings that were submitted and on record, and which of its
 * holds a submitted filing of another provider has: the one function that looks across providers. It answers yes or no
 * for values that the asker has typed himself, and nothing else crosses.
 */
export async function usedElsewhere(
  store: Store,
  filing: Asking,
  data: Pick<FilingData, "subject" | "websites">,
  holds: readonly Held[],
): Promise<Elsewhere> {
  const subject = subjectKey(store, data.subject.values);
  const questions = subject === "" ? [] : questionsOf(store, data);
  const [used, open, listed] = await Promise.all([
    answered(store, filing, subject, questions),
    openElsewhere(store, filing, holds),
    listedOf(store, filing.ispId, holds),
  ]);
  const aboutOf = (kind: Trace["kind"]) => [
    ...new Set(used.filter((one) => one.kind === kind).map(({ about }) => about)),
  ];
  return {
    mobiles: aboutOf("mobile"),
    emails: aboutOf("email"),
    otherContacts: aboutOf("person"),
    siteLeaders: aboutOf("site_leader"),
    open: {
      certificate: open.some(({ kind }) => kind === "certificate"),
      domains: open.filter(({ kind }) => kind === "domain").map(({ value }) => value),
    },
    listed,
  };
}

function questionsOf(
  store: Store,
  { subject, websites }: Pick<FilingData, "subject" | "websites">,
): Question[] {
  const leaders = websites.map(({ values }) => websitePerson(values, subject.values));
  const others = websites
    .filter(({ values }) => values.samePerson !== "1")
    .map(({ values }) => websitePerson(values, subject.values));
  const persons = [subjectPerson(subject.values), ...others];
  const units = isIndividual(subject.values.nature) ? [] : leaders;
  const ask = (kind: Trace["kind"], key: string, about: string, of: Person): Question => ({
    ...{ kind, key, about, person: personKey(store, of), contacts: contactsKey(store, of) },
  });
  return [
    ...persons.map((one) => ask("mobile", mobileKey(store, one.mobile), one.mobile, one)),
    ...persons.map((one) => ask("email", emailKey(store, one.email), one.email, one)),
    ...persons.map((one) => ask("person", contactsKey(store, one) && personKey(store, one), one.idNo, one)),
    ...units.map((one) => ask("site_leader", personKey(store, one), one.idNo, one)),
  ].filter(({ key }) => key !== "");
}

/**
 * The questions with the answer yes. A mobile number or mail box may stand in several filings of one person, whoever the
 * subjects are (F16 even asks for it); its use by another person of another subject is what is asked about.
 */
async function answered(
  { db }: Store,
  filing: Asking,
  subject: string,
  questions: readonly Question[],
): Promise<Question[]> {
  if (questions.length === 0) return [];
  const rows = await db<{ at: number }[]>`
    select q.at::int as at
    from unnest(${questions.map(({ kind }) => kind)}::text[], ${questions.map(({ key }) => key)}::text[],
      ${questions.map(({ person }) => person)}::text[], ${questions.map(({ contacts }) => contacts)}::text[])
      with ordinality q (kind, key, person, contacts, at)
    where exists (
      select 1 from evidence e
      where e.kind = q.kind and e.key = decode(q.key, 'hex') and e.subject <> decode(${subject}, 'hex')
        and coalesce(e.filing_id, -1) <> ${filing.id} and coalesce(e.subject_id, 0) <> ${filing.subjectId ?? -1}
        and case q.kind
          when 'person' then e.contacts is distinct from decode(q.contacts, 'hex')
          when 'site_leader' then true
          else e.person is distinct from decode(q.person, 'hex') end
        and (e.filing_id is null or exists (select 1 from filings f where f.id = e.filing_id and f.state <> 'draft')))`;
  return rows.flatMap(({ at }) => questions[at - 1] ?? []);
}

/** What a filing that was submitted at another provider holds; one that is only written there, or given back, holds nothing for us. */
async function openElsewhere(
  { db, vault }: Store,
  { ispId }: Asking,
  holds: readonly Held[],
): Promise<Held[]> {
  const asked = holds.filter(({ kind }) => kind !== "record");
  if (asked.length === 0) return [];
  const keys = asked.map(({ kind, value }) => vault.lookup(`hold:${kind}`, value).toString("hex"));
  const rows = await db<{ at: number }[]>`
    select q.at::int as at
    from unnest(${asked.map(({ kind }) => kind)}::text[], ${keys}::text[]) with ordinality q (kind, key, at)
    where exists (
      select 1 from filing_holds h join filings f on f.id = h.filing_id
      where h.kind = q.kind and h.key = decode(q.key, 'hex') and h.isp_id <> ${ispId}
        and not (f.state = any(${[...editable]}::text[])))`;
  return rows.flatMap(({ at }) => asked[at - 1] ?? []);
}
