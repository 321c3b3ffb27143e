import { openTicket, sealTicket } from "../models/session/ticket.ts";
import { type CookieName, dropCookie, readCookie, writeCookie } from "./cookies.ts";
import type { Ctx } from "./env.ts";

/** Keeps something between two pages of one task, for what would else need a session before there is one. */
export const writeTicket = <T>(c: Ctx, name: CookieName, data: T, seconds: number): void =>
  writeCookie(c, name, sealTicket(c.var.deps.vault, name, data, seconds), seconds);

/** What was kept; undefined when there is nothing, its time is over, or it is not ours. */
export const readTicket = <T>(c: Ctx, name: CookieName): T | undefined =>
  openTicket<T>(c.var.deps.vault, name, readCookie(c, name) ?? "");

export const dropTicket = dropCookie;
