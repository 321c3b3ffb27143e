import { setTimeout as sleep } from "node:timers/promises";
import { Person, type Way } from "../../support/journey-person.ts";
import type { Applicant } from "../../support/journey-registrant.ts";
import { signInAtConsole } from "../../support/journey-staff.ts";
import type { JourneyWorld } from "../../support/journey-world.ts";

/** What the story needs from one sentence to the next. */
export type Tale = {
  world: JourneyWorld;
  way: Way;
  who: Applicant;
  /** 备案单号, once there is a filing. */
  number: string;
  registrant: Person;
  reviewer: Person | undefined;
  /** Everybody else who came in. */
  others: Person[];
  /** Which kinds of pages were looked at this way. */
  checked: Set<string>;
};

/** Sentences of the story, each with what is done and what must then be so. */
export type Chapter = [sentence: string, step: (tale: Tale) => Promise<void>][];

/** Address of the filing's page, or of a part of it. */
export const page = ({ number }: Tale, part = ""): string => `/filings/${number}${part}`;

/** Comes in at the console with a browser of their own. */
export async function arrive(tale: Tale, name: Parameters<typeof signInAtConsole>[1]): Promise<Person> {
  const person = await Person.arrives(tale.world, tale.way, tale.checked);
  tale.others.push(person);
  await signInAtConsole(person, name);
  return person;
}

/** Loads the page of the filing until it says so. */
export async function becomes(tale: Tale, words: string): Promise<void> {
  const { registrant: at } = tale;
  for (const limit = Date.now() + 30_000; Date.now() < limit; await sleep(300)) {
    await at.open(page(tale));
    if ((await at.read()).includes(words)) return;
  }
  throw new Error(`${words} never came:\n${await at.read()}`);
}

/** Everybody in the story. */
export const everybody = ({ registrant, others }: Tale): Person[] => [registrant, ...others];
