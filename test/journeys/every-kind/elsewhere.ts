import type { SeedRecord } from "../../../src/simulator/seeds.ts";
import { icpPassword } from "../../support/journey-records.ts";
import { applicant } from "../../support/journey-registrant.ts";
import type { Story } from "./story.ts";

/** A domain of the story's own that nobody has; letters of the purpose, so that stories do not collide. */
export const newDomain = ({ way }: Pick<Story, "way">, purpose: string): string =>
  `${purpose}-${way.js ? "with" : "without"}.cn`;

const wanted = {
  add: { n: 301, name: "示例陶艺（杭州）有限公司", site: "示例陶艺" },
  join: { n: 302, name: "示例竹艺（杭州）有限公司", site: "示例竹艺" },
} as const;

/** What another provider has filed; put in at the bureau when it is first asked for. */
export function seedElsewhere({ world, way }: Story, purpose: keyof typeof wanted) {
  const { n, name, site } = wanted[purpose];
  const serial = way.js ? n : n + 10;
  const number = `浙ICP备20199${String(serial).padStart(5, "0")}号`;
  const domain = newDomain({ way }, `elsewhere-${purpose}`);
  const record = {
    ...{ number, name, certNumber: applicant(serial).certNo, password: icpPassword },
    websites: [{ name: site, domains: [domain] }],
  } satisfies SeedRecord;
  const stands = world.simulator.view().records.some((one) => one.number === number);
  if (!stands) world.simulator.order({ action: "seed", record });
  return { ...record, domain, site };
}
