import type { Db } from "../../db/client.ts";
import type { Actor } from "../actor.ts";
import { type Filing, filingColumns, visibleTo } from "./rows.ts";

/** The filings with these numbers as far as the actor may see them; numbers that are none are passed over. */
export const filingsByNumber = (db: Db, actor: Actor, numbers: readonly string[]): Promise<Filing[]> => db<
  Filing[]
>`
  select ${filingColumns(db)} from filings f
  where f.number = any(${[...numbers]}::text[]) and ${visibleTo(db, actor)} order by f.number limit 100`;
