import type { Filing } from "../../src/models/filing/rows.ts";
import { openSession } from "../../src/models/session/sessions.ts";
import { complete, registrantNamed } from "./filings.ts";
import { Person, type Way } from "./journey-person.ts";
import { applicant } from "./journey-registrant.ts";
import type { JourneyWorld } from "./journey-world.ts";
import { registrants, staff } from "./people.ts";

/** Somebody of `people.ts` with a browser in which they are signed in already. */
export async function comesSignedIn(
  world: JourneyWorld,
  way: Way,
  name: keyof typeof registrants | keyof typeof staff,
  checked: Set<string> = new Set(),
): Promise<Person> {
  const person = await Person.arrives(world, way, checked);
  const known = { ...world.people.registrants, ...world.people.staff }[name];
  const kind = name in registrants ? "account" : "staff";
  const value = await openSession(world.store, kind, known.id, { place: "本机", device: "Linux上的Chrome" });
  const cookie = { name: kind === "account" ? "session" : "staff", value, url: world.url };
  await person.page.context().addCookies([cookie]);
  return person;
}

let serial = 100;

/** A draft of 张三 that could be submitted, with a certificate and a domain of its own. */
export function completeDraft(world: JourneyWorld): Promise<Filing> {
  const { certNo, domain } = applicant(++serial);
  return complete(world.store, registrantNamed(world.people, "张三"), { certNo, domain });
}

/** How often something was done with a filing. */
export async function countOf({ db }: JourneyWorld, filing: Filing, action: string): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*) as count from filing_events where filing_id = ${filing.id} and action = ${action}`;
  return row?.count ?? 0;
}
