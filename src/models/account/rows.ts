/** Sealing context of a column of an account. */
export const accountContext = (id: number, column: "name" | "email" | "mobile"): string =>
  `account:${id}:${column}`;

export type AccountState = "pending" | "active" | "locked";
