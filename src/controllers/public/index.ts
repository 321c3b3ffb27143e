import type { Hono } from "hono";
import type { Env } from "../../middleware/env.ts";
import type { Deps } from "../deps.ts";
import { activation } from "./activation.ts";
import { agreement } from "./agreement.ts";
import { announcementPages } from "./announcements.ts";
import { captcha } from "./captcha.ts";
import { blankFormPages } from "./forms.ts";
import { handoverPages } from "./handover.ts";
import { helpPages } from "./help.ts";
import { icpPassword } from "./icp-password.ts";
import { login } from "./login.ts";
import { loginCode } from "./login-code.ts";
import { passwordReset } from "./password-reset.ts";
import { preparationPages } from "./preparation.ts";
import { query } from "./query.ts";
import { recovery } from "./recovery.ts";
import { registration } from "./registration.ts";

/** Every resource that is open to everybody, one a line. The order matters only where two paths overlap. */
export const publicRoutes = (deps: Deps): Hono<Env>[] => [
  agreement(deps),
  registration(deps),
  activation(deps),
  captcha(deps),
  login(deps),
  loginCode(deps),
  passwordReset(deps),
  helpPages(deps),
  preparationPages(deps),
  announcementPages(deps),
  blankFormPages(deps),
  handoverPages(deps),
  query(deps),
  recovery(deps),
  icpPassword(deps),
];
