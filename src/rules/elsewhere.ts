import type { Elsewhere } from "./types.ts";

/** Nothing of the filing is known to other filings. */
export const nothingElsewhere: Elsewhere = {
  mobiles: [],
  emails: [],
  otherContacts: [],
  siteLeaders: [],
  open: { certificate: false, domains: [] },
  listed: { certificate: false, domains: [], below: [] },
};
