import { z } from "zod";
import { altered } from "./altering.ts";
import { DeskRefused, type Office } from "./office.ts";
import { seedSchema } from "./seeds.ts";
import { SENDING_ORDERS, type SendingOrder } from "./sent/order-shapes.ts";
import { send } from "./sent/orders.ts";
import { settingsSchema, stepSchema } from "./settings.ts";
import { waitingFilings } from "./state.ts";

const filing = z.coerce.number().int();
const range = z.object({ from: z.ipv4(), to: z.ipv4() }).strict();

/** How a provider stands; see `Standing`. */
const standingSchema = z
  .object({
    standing: z.enum(["open", "closed", "deleted", "invalid"]),
    province: z
      .string()
      .regex(/^\d{6}$/)
      .nullable(),
    mayNot: z.array(z.string()),
    ranges: z.array(range).nullable(),
  })
  .strict();

/** What the desk can be asked to do, by a test as JSON or by a person with a button. */
const orderSchema = z.discriminatedUnion("action", [
  z.object({ action: z.literal("approve"), filing }),
  z.object({ action: z.literal("return"), filing, words: z.string().max(500) }),
  z.object({ action: z.literal("numbers"), filing }),
  z.object({ action: z.literal("recall"), filing }),
  /** Everything that waits, in one step. */
  z.object({ action: z.literal("approveAll") }),
  z.object({ action: z.literal("returnAll"), words: z.string().max(500) }),
  z.object({ action: z.literal("set"), settings: settingsSchema.partial() }),
  z.object({ action: z.literal("script"), script: z.array(stepSchema).max(1000) }),
  z.object({ action: z.literal("seed"), record: seedSchema }),
  z.object({
    action: z.literal("cancel"),
    of: z.enum(["subject", "website", "access"]),
    bureauId: z.coerce.number().int(),
    remark: z.string().max(256).default(""),
    /** Nobody is told: the records of a provider and of the bureau differ from then on. */
    silent: z.boolean().default(false),
  }),
  /** Another text on record, of which nobody is told: `path` as `Dwmc` or `Ym_xx/Ym`, in a subject or a website. */
  z.object({
    action: z.literal("alter"),
    bureauId: z.coerce.number().int(),
    path: z.string().min(1),
    text: z.string().min(1),
  }),
  z.object({
    action: z.literal("account"),
    ispId: z.coerce.number().int(),
    change: standingSchema.partial(),
  }),
  z.object({ action: z.literal("down"), seconds: z.coerce.number().min(0).max(3600) }),
  z.object({ action: z.literal("restart") }),
  ...SENDING_ORDERS,
]);
export type DeskOrder = z.input<typeof orderSchema>;
type Wanted = z.output<typeof orderSchema>;

type Carried = {
  [Action in Wanted["action"]]: (office: Office, order: Extract<Wanted, { action: Action }>) => void;
};

const idsWaiting = (office: Office): number[] => waitingFilings(office.state).map(({ id }) => id);

function keeperOf({ keeper }: Office): NonNullable<Office["keeper"]> {
  if (!keeper) throw new DeskRefused("模拟器没有运行。");
  return keeper;
}

const SENDINGS = Object.fromEntries(SENDING_ORDERS.map(({ shape }) => [shape.action.value, send])) as Record<
  SendingOrder["action"],
  typeof send
>;

const CARRIED: Carried = {
  ...(SENDINGS as Pick<Carried, SendingOrder["action"]>),
  approve: (office, order) => office.decide([order.filing], true, ""),
  return: (office, { filing: id, words }) => office.decide([id], false, words),
  approveAll: (office) => office.decide(idsWaiting(office), true, ""),
  returnAll: (office, { words }) => office.decide(idsWaiting(office), false, words),
  numbers: (office, order) => office.sendNumbers(order.filing),
  recall: (office, order) => office.recall(order.filing),
  set: (office, { settings }) => office.set(settings),
  script: (office, { script }) => office.set({ script: [...office.state.settings.script, ...script] }),
  seed: (office, { record }) => office.seed(record),
  cancel: (office, { of, bureauId, remark, silent }) => office.cancel(of, bureauId, remark, silent),
  alter: altered,
  account: (office, { ispId, change }) => office.setStanding(ispId, change),
  down: (office, { seconds }) => keeperOf(office).down(seconds),
  restart: (office) => keeperOf(office).restart(),
};

/** Carries an order out. Throws `DeskRefused` with words for the person, or a `ZodError` for a malformed one. */
export function carryOut(office: Office, order: unknown): void {
  const wanted = orderSchema.parse(order);
  (CARRIED[wanted.action] as (office: Office, order: Wanted) => void)(office, wanted);
}
