/** Roles of staff: 初审, 核验, 上报, 客服, 主管, 管理员. */
export const roles = {
  initial_reviewer: "初审",
  verifier: "核验",
  submitter: "上报",
  service: "客服",
  supervisor: "主管",
  administrator: "管理员",
} as const;

export type Role = keyof typeof roles;

export type Registrant = { kind: "registrant"; accountId: number; ispId: number; name: string };
export type Staff = { kind: "staff"; staffId: number; ispId: number; name: string; roles: readonly Role[] };

/** Who acts. `system` is a job, `bureau` an answer of the bureau, `operator` the command line. */
export type Actor = Registrant | Staff | { kind: "system" } | { kind: "bureau" } | { kind: "operator" };

/** The id of a person, null for the others. */
export function actorId(actor: Actor): number | null {
  if (actor.kind === "registrant") return actor.accountId;
  return actor.kind === "staff" ? actor.staffId : null;
}

/** Whether the actor is staff with one of the roles; a 主管 may do what any reviewer may, a 管理员 may not. */
export const hasRole = (actor: Actor, ...wanted: Role[]): boolean =>
  actor.kind === "staff" &&
  actor.roles.some(
    (role) => wanted.includes(role) || (role === "supervisor" && !wanted.every(isAdministration)),
  );

const isAdministration = (role: Role): boolean => role === "administrator";
