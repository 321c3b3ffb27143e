import type { Elsewhere } from "../../rules/types.ts";
import { registrableOf } from "../../vocabulary/domain.ts";
import type { Store } from "../store.ts";

/** What a filing would hold alone, see `holdsOf`. */
type Held = { kind: "certificate" | "domain" | "record"; value: string };

/** The domain and every host above it, down to the one that is registered: a.b.gov.cn, b.gov.cn. */
function upwards(domain: string): string[] {
  const top = registrableOf(domain) ?? domain;
  const hosts = [domain];
  for (let host = domain; host !== top && host.includes("."); ) {
    host = host.slice(host.indexOf(".") + 1);
    hosts.push(host);
  }
  return hosts;
}

/** What of a filing stands in the 黑名单 that hold for the provider: those of its bureaus, whichever it is, and its own. */
export async function listedOf(
  { db, vault }: Store,
  ispId: number,
  holds: readonly Held[],
): Promise<Elsewhere["listed"]> {
  const certificates = holds
    .filter(({ kind }) => kind === "certificate")
    .map(({ value }) => vault.lookup("certificate", value).toString("hex"));
  const domains = holds.filter(({ kind }) => kind === "domain").map(({ value }) => value);
  const [listed] = await db<{ certificate: boolean }[]>`
    select exists (
      select 1 from blacklist_keys where isp_id = ${ispId}
        and certificate in (select decode(c, 'hex') from unnest(${certificates}::text[]) c)) as certificate`;
  const found =
    domains.length === 0
      ? []
      : await db<{ domain: string; registrable: string }[]>`
    select domain, registrable from blacklist_keys
    where isp_id = ${ispId} and domain = any(${domains.flatMap(upwards)}::text[])
    union
    select domain, registrable from blacklist_keys
    where isp_id = ${ispId} and registrable = any(${domains}::text[])`;
  const isListed = (domain: string) =>
    upwards(domain).some((host) => found.some((one) => one.domain === host));
  return {
    certificate: listed?.certificate ?? false,
    domains: domains.filter(isListed),
    below: domains.filter(
      (domain) => !isListed(domain) && found.some(({ registrable }) => registrable === domain),
    ),
  };
}
