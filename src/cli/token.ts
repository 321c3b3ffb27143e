import type { Command } from "commander";
import {
  addToken,
  listTokens,
  revokeToken,
  type Scope,
  scopeNames,
  scopes,
} from "../models/api-token/tokens.ts";
import { recordOperator } from "../models/audit/operator.ts";
import { collect, ispOf } from "./find.ts";
import { wholeNumber } from "./numbers.ts";
import { CommandFailed, printResult, printRows } from "./output.ts";
import { withStore } from "./settings.ts";

function scopesOf(names: readonly string[]): Scope[] {
  if (names.length === 0) throw new CommandFailed(`--scope is needed: ${scopeNames.join(", ")}`);
  const wrong = names.find((name) => !Object.hasOwn(scopes, name));
  if (wrong) throw new CommandFailed(`there is no scope ${wrong}; there are: ${scopeNames.join(", ")}`);
  return [...new Set(names)] as Scope[];
}

async function add(
  slug: string,
  options: { name: string; scope: string[] },
  command: Command,
): Promise<void> {
  const granted = scopesOf(options.scope);
  await withStore(async (store) => {
    const { id: ispId } = await ispOf(store.db, slug);
    const { id, token } = await addToken(store, { ispId, name: options.name, scopes: granted });
    await recordOperator(store.db, "add-token", { ispId, detail: { tokenId: id, scopes: granted } });
    printResult(command, { id, token, scopes: granted }, `token ${id} of ${slug}, shown this once: ${token}`);
  });
}

async function list(slug: string, _options: unknown, command: Command): Promise<void> {
  const tokens = await withStore(async ({ db }) => listTokens(db, (await ispOf(db, slug)).id));
  const columns = {
    ...{ id: "ID", name: "NAME", scopes: "SCOPES", lastFour: "ENDS IN" },
    ...{ createdAt: "MADE", usedAt: "USED", revokedAt: "REVOKED" },
  };
  printRows(
    command,
    tokens.map((token) => ({ ...token, scopes: token.scopes.join(" ") })),
    columns,
  );
}

async function revoke(slug: string, id: string, _options: unknown, command: Command): Promise<void> {
  const tokenId = wholeNumber(id, "the id of the token");
  await withStore(async ({ db }) => {
    const { id: ispId } = await ispOf(db, slug);
    if (!(await revokeToken(db, ispId, tokenId)))
      throw new CommandFailed(`${slug} has no token ${id} that holds; see openbeian isp token ls ${slug}`);
    await recordOperator(db, "revoke-token", { ispId, detail: { tokenId } });
    printResult(command, { id: tokenId, revoked: true }, `token ${id} no longer holds`);
  });
}

/** `openbeian isp token …`: tokens of the interface for programs (/api/v1). */
export const token = (isp: Command): void => {
  const group = isp.command("token").description("tokens by which a provider's own system uses /api/v1");
  group
    .command("add <slug>")
    .description("make a token; it is printed once and not kept")
    .requiredOption("--name <name>", "what it is for")
    .option("--scope <scope>", `${scopeNames.join(", ")}; may be given several times`, collect, [])
    .addHelpText(
      "after",
      "\nExample:\n  openbeian isp token add shili --name crm --scope products:write --scope codes:write",
    )
    .action(add);
  group
    .command("ls <slug>")
    .description("the tokens of a provider, with when they were last used")
    .addHelpText("after", "\nExample:\n  openbeian isp token ls shili")
    .action(list);
  group
    .command("revoke <slug> <id>")
    .description("end a token")
    .addHelpText("after", "\nExample:\n  openbeian isp token revoke shili 3")
    .action(revoke);
};
