import type { Test } from "uvu";
import { type SitePlace, sitesOf } from "../../src/models/reported-site/list.ts";
import { findSite, type ReportedSite, type SiteKind } from "../../src/models/reported-site/rows.ts";
import { testWorld, type World } from "./app.ts";
import { listsCome } from "./bureau-lists.ts";
import { staffNamed } from "./filings.ts";
import { addBureau } from "./records.ts";

type Scene = { world: World; bureauId: number };

/** What a bureau lists and 孙七 who reads it, for a suite: `begun` is told of the world, each test begins with empty lists. */
export function reportedSites(test: Test, begun: (scene: Scene) => unknown) {
  let world: World;
  let bureauId: number;
  test.before(async () => {
    world = await testWorld();
    bureauId = await addBureau(world.store, world.people.isps.first);
    begun({ world, bureauId });
  });
  test.before.each(async () => {
    const { db } = world;
    await db`truncate reported_sites cascade`;
    await db`delete from isp_ip_ranges`;
    await db`delete from cuts`;
  });
  test.after(() => world.close());

  const submitter = () => staffNamed(world.people, "孙七");
  const come = (inner: string, file?: string) => listsCome(world.store, bureauId, inner, file);
  const sites = (kind: SiteKind = "unfiled", place: SitePlace = "inside") =>
    sitesOf(world.db, submitter(), kind, place);
  const names = async (kind?: SiteKind, place?: SitePlace) =>
    (await sites(kind, place)).map(({ domain }) => domain);
  const only = async (kind: SiteKind = "unfiled"): Promise<ReportedSite> => {
    const [row] = await world.db<{ id: number }[]>`
      select id from reported_sites where kind = ${kind} order by id`;
    return findSite(world.db, submitter(), row?.id ?? 0);
  };
  /** Ids of what came, by domain, as a form names them. */
  const idsOf = async (...domains: string[]): Promise<string[]> => {
    const rows = await world.db<{ id: number; domain: string }[]>`select id, domain from reported_sites`;
    return domains.map((domain) => String(rows.find((row) => row.domain === domain)?.id));
  };
  /** What was answered, in its order. */
  const answers = async () =>
    (await world.db`select action, state from reported_site_answers order by id`).map((one) => ({ ...one }));
  return { submitter, come, sites, names, only, idsOf, answers };
}
