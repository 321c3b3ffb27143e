/**
 * Keeps the process alive when the server goes away in the moment between a query and the sending of it. postgres.js
 * 3.4.9 then writes to a socket that is gone, from a timer of its own, where nobody can catch it; the query itself has
 * already been rejected with CONNECTION_CLOSED (https://github.com/porsager/postgres/issues/1154). Every other
 * uncaught error ends the process as it would have done.
 */
export function surviveLostWrites(): void {
  process.on("uncaughtException", (error) => {
    if (isLostWrite(error)) return;
    process.stderr.write(`${error.stack ?? error}\n`);
    process.exit(1);
  });
}

const isLostWrite = (error: Error): boolean =>
  error instanceof TypeError &&
  /^\s+at Immediate\.nextWrite \(.*postgres\/src\/connection\.js/m.test(error.stack ?? "");
