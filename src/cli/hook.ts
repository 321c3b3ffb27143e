import { type Command, Option } from "commander";
import { createHookGateway, hookAddress } from "../gateways/hooks/index.ts";
import { GatewayFailed } from "../lib/gateway-failed.ts";
import { newId } from "../lib/ids.ts";
import { recordOperator } from "../models/audit/operator.ts";
import { deliveriesOf } from "../models/hook/deliveries.ts";
import { hookTarget, maybeHook, removeHook, setHook } from "../models/hook/hook.ts";
import { type HookEvent, hookEventNames, hookEvents, TEST_EVENT } from "../vocabulary/hook-events.ts";
import { collect, ispOf } from "./find.ts";
import { CalledWrongly, CommandFailed, printResult, printRows } from "./output.ts";
import { withStore } from "./settings.ts";

type Isp = { isp: string };

function eventsOf(given: readonly string[]): HookEvent[] {
  const wrong = given.find((name) => !(name in hookEvents));
  if (wrong) throw new CalledWrongly(`there is no event ${wrong}; there are: ${hookEventNames.join(", ")}`);
  return given.length > 0 ? ([...new Set(given)] as HookEvent[]) : hookEventNames;
}

async function set(url: string, options: Isp & { event: string[] }, command: Command): Promise<void> {
  const address = hookAddress(url);
  if (!address)
    throw new CalledWrongly(
      "the hook must be an https address (http on this very machine) without a password, not a link-local one",
    );
  const events = eventsOf(options.event);
  await withStore(async (store) => {
    const { id: ispId } = await ispOf(store.db, options.isp);
    const secret = await setHook(store, ispId, { url: address, events });
    await recordOperator(store.db, "set-hook", { ispId, detail: { host: new URL(address).host, events } });
    printResult(
      command,
      { isp: options.isp, url: address, events, secret },
      `${options.isp} is told at ${address}: ${events.join(", ")}\nsecret, shown this once: ${secret}`,
    );
  });
}

const columns = {
  ...{ eventId: "EVENT ID", event: "EVENT", cutId: "CUT", state: "STATE", tries: "TRIES" },
  ...{ lastCode: "CODE", occurredAt: "OCCURRED" },
};

async function show({ isp }: Isp, command: Command): Promise<void> {
  await withStore(async (store) => {
    const { id: ispId } = await ispOf(store.db, isp);
    const hook = await maybeHook(store, ispId);
    if (!hook) throw new CommandFailed(`${isp} has no hook; see openbeian hook set --help`);
    const deliveries = await deliveriesOf(store.db, { ispId }, { limit: 20 });
    printResult(
      command,
      { isp, ...hook, ...(command.optsWithGlobals().json && { deliveries }) },
      `${hook.url}\n${hook.events.join(", ")}`,
    );
    if (!command.optsWithGlobals().json && deliveries.length > 0) printRows(command, deliveries, columns);
  });
}

async function test({ isp }: Isp, command: Command): Promise<void> {
  await withStore(async (store) => {
    const { id: ispId } = await ispOf(store.db, isp);
    const target = await hookTarget(store, ispId);
    if (!target) throw new CommandFailed(`${isp} has no hook; see openbeian hook set --help`);
    const id = newId();
    const body = JSON.stringify({ id, event: TEST_EVENT, at: new Date().toISOString() });
    await recordOperator(store.db, "test-hook", { ispId });
    const { status } = await createHookGateway()
      .deliver(target, { id, body })
      .catch((error) => {
        throw error instanceof GatewayFailed ? new CommandFailed(error.message) : error;
      });
    if (status < 200 || status > 299) throw new CommandFailed(`the hook answered ${status}`);
    printResult(command, { isp, id, status }, `${TEST_EVENT} ${id} was answered ${status}`);
  });
}

async function remove({ isp }: Isp, command: Command): Promise<void> {
  await withStore(async (store) => {
    const { id: ispId } = await ispOf(store.db, isp);
    const removed = await store.db.begin((db) => removeHook({ db }, ispId));
    if (removed) await recordOperator(store.db, "remove-hook", { ispId });
    printResult(
      command,
      { isp, removed },
      removed ? `${isp} is told nothing any more` : `${isp} had no hook`,
    );
  });
}

/** `openbeian hook …`: the provider's own system that is told what happened (网络回调). */
export const hook = (program: Command): void => {
  const group = program
    .command("hook")
    .description("the provider's own system that is told what happened (网络回调), such as an access to cut");
  const of = (name: string, says: string) =>
    group.command(name).description(says).requiredOption("--isp <slug>", "the provider");
  of(
    "set <url>",
    "tell this address from now on; prints the secret that signs, once; set again it gets a new one",
  )
    .addOption(
      new Option("--event <event>", `one of ${hookEventNames.join(", ")}; several times`)
        .argParser(collect)
        .default([], "all of them"),
    )
    .addHelpText("after", "\nExample:\n  openbeian hook set https://crm.example.cn/beian/events --isp shili")
    .action(set);
  of("show", "its address, its events and what was told last")
    .addHelpText("after", "\nExample:\n  openbeian hook show --isp shili --json")
    .action(show);
  of("test", `send ${TEST_EVENT} once and say what was answered; exit code 1 where that is no 2xx`)
    .addHelpText("after", "\nExample:\n  openbeian hook test --isp shili")
    .action(test);
  of("remove", "tell nothing any more; what was not delivered yet is given up")
    .addHelpText("after", "\nExample:\n  openbeian hook remove --isp shili")
    .action(remove);
};
