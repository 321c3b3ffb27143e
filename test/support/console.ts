import { newId } from "../../src/lib/ids.ts";
import { type Filing, findFiling } from "../../src/models/filing/rows.ts";
import { sectionsOf } from "../../src/models/filing/sections.ts";
import { creditCodeCheck } from "../../src/vocabulary/credit-code.ts";
import type { SectionKind, Values } from "../../src/vocabulary/filing.ts";
import type { Browser, World } from "./app.ts";
import { act, complete, registrantNamed } from "./filings.ts";

/** A credit code of an invented company in 杭州, with a valid check character; another number, another company. */
export function creditCode(number: number): string {
  const first = `91330108MA2EX${String(number).padStart(4, "0")}`;
  return first + creditCodeCheck(first);
}

let made = 0;

type Parts = { siteName?: string; subject?: Values; website?: Values; domain?: string };

/** A complete draft of 张三, of another company and for another domain each time. */
export function drafted({ store, people }: World, parts: Parts = {}): Promise<Filing> {
  const number = ++made;
  return complete(store, registrantNamed(people, "张三"), {
    certNo: creditCode(number),
    domain: parts.domain ?? `shili${number}.cn`,
    ...(parts.subject ? { subject: parts.subject } : {}),
    website: { ...(parts.siteName ? { siteName: parts.siteName } : {}), ...parts.website },
  });
}

/** The same, waiting for the initial review. */
export async function submitted(world: World, parts: Parts = {}): Promise<Filing> {
  const registrant = registrantNamed(world.people, "张三");
  return act(world.store, await drafted(world, parts), "submit", registrant, { declared: true });
}

/** The id of the first section of a kind. */
export async function sectionOf(world: World, filing: Filing, kind: SectionKind): Promise<number> {
  const sections = await sectionsOf(world.store, filing);
  return sections.find((section) => section.kind === kind)?.id ?? 0;
}

/** The filing as it now is. */
export const again = ({ db }: World, { number }: Filing): Promise<Filing> =>
  findFiling(db, number, { kind: "system" });

/** Posts what a page of the console posts: with an id of the request of its own. */
export const send = (
  browser: Browser,
  path: string,
  fields: Record<string, string | string[]> = {},
  headers: Record<string, string> = {},
) => browser.post(path, { requestId: newId(), ...fields }, headers);

/** The page of a filing. */
export const pageOf = ({ number }: Pick<Filing, "number">, noun = ""): string =>
  `/console/filings/${number}${noun && `/${noun}`}`;

/** What the audit log says of a kind of look. */
export const looks = ({ db }: World, action: string) =>
  db<
    { actorId: number; filingId: number | null; detail: Record<string, unknown> }[]
  >`select actor_id, filing_id, detail from audit_log where action = ${action} order by id`;

/** The text of a page as somebody reads it. */
export const words = (html: string): string =>
  html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]+>/g, "")
    .replace(/\s+/g, " ");
