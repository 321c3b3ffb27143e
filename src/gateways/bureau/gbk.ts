/** Entry and interface ask the same functions, so that what is accepted there can be sent here. */
export * from "../../lib/gbk.ts";
