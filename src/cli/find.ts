import type { Db } from "../db/client.ts";
import { type Bureau, maybeBureau } from "../models/bureau/rows.ts";
import { Conflict } from "../models/errors.ts";
import { maybeIspBySlug } from "../models/isp/add.ts";
import { wholeNumber } from "./numbers.ts";
import { CommandFailed } from "./output.ts";

/** The provider of a slug; throws the sentence that says how to see them all. */
export async function ispOf(db: Db, slug: string): Promise<{ id: number; slug: string; name: string }> {
  const isp = await maybeIspBySlug(db, slug);
  if (!isp) throw new CommandFailed(`there is no provider ${slug}; see openbeian isp ls`);
  return isp;
}

/** The bureau of an id as typed. */
export async function bureauOf(db: Db, id: string): Promise<Bureau> {
  const bureau = await maybeBureau(db, wholeNumber(id, "the id of the bureau"));
  if (!bureau) throw new CommandFailed(`there is no bureau ${id}; see openbeian bureau status`);
  return bureau;
}

/** For options that may be given several times. */
export const collect = (value: string, before: string[]): string[] => [...before, value];

/** Runs a model's work and says in one sentence what was taken already. */
export async function orSayTaken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Conflict) throw new CommandFailed(error.message);
    throw error;
  }
}
