import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newSecretKeys, openVault } from "../../../src/crypto/vault.ts";
import { openTicket, sealTicket } from "../../../src/models/session/ticket.ts";

const test = suite("a ticket");
const vault = openVault(newSecretKeys());

test("says to the server what it was given, and nothing to who carries it", () => {
  const ticket = sealTicket(vault, "login", { accountId: 12 }, 60);
  assert.equal(openTicket(vault, "login", ticket), { accountId: 12 });
  assert.not.match(Buffer.from(ticket, "base64url").toString("latin1"), "accountId");
});

test("is worth nothing under another name, changed, late, or made elsewhere", () => {
  const ticket = sealTicket(vault, "login", { accountId: 12 }, 60);
  assert.is(openTicket(vault, "reset", ticket), undefined);
  const bytes = Buffer.from(ticket, "base64url");
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  assert.is(openTicket(vault, "login", bytes.toString("base64url")), undefined);
  assert.is(openTicket(vault, "login", sealTicket(vault, "login", {}, -1)), undefined);
  assert.is(openTicket(openVault(newSecretKeys()), "login", ticket), undefined);
  assert.is(openTicket(vault, "login", ""), undefined);
});

test.run();
