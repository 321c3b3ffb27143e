/**
 * The papers that are filled in from a filing, by the name that stands in their address; a province's row names those it
 * asks for besides.
 */
export const formNames = [
  "verification",
  "letter",
  "leader-letter",
  "pledge",
  "pledge-guangdong",
  "jiangsu-notice",
  "jiangsu-pledge",
  "no-approval",
  "no-finance",
  "security-pledge",
  "security-agreement",
  "cancellation",
] as const;

export type FormName = (typeof formNames)[number];
