import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { type Role, roles } from "../models/actor.ts";
import { recordOperator } from "../models/audit/operator.ts";
import { listStaff } from "../models/staff/list.ts";
import { createStaff } from "../models/staff/staff.ts";
import { collect, ispOf, orSayTaken } from "./find.ts";
import { CommandFailed, printResult, printRows } from "./output.ts";
import { readPassword } from "./secret-input.ts";
import { withStore } from "./settings.ts";

const SHORTEST = 12;

type AddOptions = { isp: string; name: string; email?: string; role: string[]; generate?: boolean };

function rolesOf(names: readonly string[]): Role[] {
  if (names.length === 0) throw new CommandFailed(`--role is needed: ${Object.keys(roles).join(", ")}`);
  const wrong = names.find((name) => !Object.hasOwn(roles, name));
  if (wrong)
    throw new CommandFailed(`there is no role ${wrong}; there are: ${Object.keys(roles).join(", ")}`);
  return names as Role[];
}

async function passwordOf(generate: boolean | undefined): Promise<string> {
  if (generate) return randomBytes(18).toString("base64url");
  const password = await readPassword();
  if (password.length < SHORTEST) throw new CommandFailed(`a password has at least ${SHORTEST} characters`);
  return password;
}

async function add(userName: string, options: AddOptions, command: Command): Promise<void> {
  if (!/^[a-zA-Z][\w.-]{1,31}$/.test(userName))
    throw new CommandFailed("a user name is 2 to 32 letters, digits, - _ and ., beginning with a letter");
  const granted = rolesOf(options.role);
  await withStore(async (store) => {
    const { id: ispId } = await ispOf(store.db, options.isp);
    const password = await passwordOf(options.generate);
    const wanted = {
      ispId,
      userName,
      name: options.name,
      password,
      email: options.email ?? null,
      roles: granted,
    };
    const id = await orSayTaken(createStaff(store, wanted));
    await recordOperator(store.db, "add-staff", { ispId, detail: { staffId: id, roles: granted } });
    const shown = options.generate ? { password } : {};
    const sentence = `added ${userName} (${granted.join(", ")})${options.generate ? `; password: ${password}` : ""}`;
    printResult(command, { id, userName, ...shown }, sentence);
  });
}

async function list(options: { isp?: string }, command: Command): Promise<void> {
  const rows = await withStore(async ({ db }) =>
    listStaff(db, options.isp ? (await ispOf(db, options.isp)).id : undefined),
  );
  const columns = {
    id: "ID",
    isp: "ISP",
    userName: "USER",
    name: "NAME",
    roles: "ROLES",
    hasMail: "MAIL",
    active: "ACTIVE",
  };
  printRows(
    command,
    rows.map((row) => ({ ...row, roles: row.roles.join(" ") })),
    columns,
  );
}

/** `openbeian staff …`: the people who work for a provider. */
export const staff = (program: Command): void => {
  const group = program.command("staff").description("staff (工作人员) of the providers");
  group
    .command("add <user-name>")
    .description("add a member of staff; the password is asked for, or read from standard input")
    .requiredOption("--isp <slug>", "the provider")
    .requiredOption("--name <name>", "name of the person")
    .option("--email <address>", "where notices and codes go")
    .option("--role <role>", `${Object.keys(roles).join(", ")}; may be given several times`, collect, [])
    .option("--generate", "make a password and print it once")
    .addHelpText(
      "after",
      "\nExamples:\n  openbeian staff add lisi --isp shili --name 李四 --email lisi@example.cn --role initial_reviewer\n" +
        "  openbeian staff add admin --isp shili --name 郑十 --role administrator --role supervisor --generate",
    )
    .action(add);
  group
    .command("ls")
    .description("all staff with their roles")
    .option("--isp <slug>", "only those of one provider")
    .addHelpText("after", "\nExample:\n  openbeian staff ls --isp shili")
    .action(list);
};
