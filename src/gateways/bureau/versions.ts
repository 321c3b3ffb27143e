/** Versions of the interface, for those who speak it; forms and records ask the same data what can be sent. */
export * from "../../vocabulary/interface-version.ts";
