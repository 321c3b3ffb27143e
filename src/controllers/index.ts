import type { Hono } from "hono";
import type { Env } from "../middleware/env.ts";
import { consoleAccount } from "./console/account.ts";
import { consoleLogin } from "./console/login.ts";
import { consoleLoginCode } from "./console/login-code.ts";
import { consoleMaterialFiles } from "./console/material-files.ts";
import type { Deps } from "./deps.ts";
import { outbox } from "./dev/outbox.ts";
import { account } from "./portal/account.ts";
import { accountContact } from "./portal/account-contact.ts";
import { accountPassword } from "./portal/account-password.ts";
import { curtain } from "./portal/curtain.ts";
import { filings } from "./portal/filings.ts";
import { home } from "./portal/home.ts";
import { materialFiles } from "./portal/material-files.ts";
import { materials } from "./portal/materials.ts";
import { messages } from "./portal/messages.ts";
import { filingMoves } from "./portal/moves.ts";
import { activation } from "./public/activation.ts";
import { agreement } from "./public/agreement.ts";
import { captcha } from "./public/captcha.ts";
import { login } from "./public/login.ts";
import { loginCode } from "./public/login-code.ts";
import { passwordReset } from "./public/password-reset.ts";
import { registration } from "./public/registration.ts";

/** Every resource, one a line. The order matters only where two paths overlap. */
export const routes = (deps: Deps): Hono<Env>[] => [
  home(deps),
  agreement(deps),
  registration(deps),
  activation(deps),
  captcha(deps),
  login(deps),
  loginCode(deps),
  passwordReset(deps),
  account(deps),
  accountPassword(deps),
  accountContact(deps),
  consoleLogin(deps),
  consoleLoginCode(deps),
  consoleAccount(deps),
  curtain(deps),
  filings(deps),
  messages(deps),
  filingMoves(deps),
  materials(deps),
  materialFiles(deps),
  consoleMaterialFiles(deps),
  // Only in the demo: elsewhere these pages do not exist.
  ...(deps.config.demo ? [outbox(deps)] : []),
];
