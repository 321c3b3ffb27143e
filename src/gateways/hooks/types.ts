/** One event: the id under which it is sent on every try, and its JSON text. */
export type HookMessage = { id: string; body: string };

/** What the other side answered; `done`: it took the event and says, signed, that what it asks for is done. */
export type HookAnswer = { status: number; done: boolean };

/** Tells a provider's own system. Throws GatewayFailed when there is no answer at all. */
export type HookGateway = {
  deliver(target: { url: string; secret: string }, message: HookMessage): Promise<HookAnswer>;
};
