// Runs one file of jest tests in this process; see cabexercism.told for what is printed.
import { readFileSync, writeSync } from "node:fs";
import { register } from "node:module";
import { pathToFileURL } from "node:url";

const token = readFileSync(0, "utf8").trim();
const exit = process.exit, write = writeSync, stringify = JSON.stringify;
const say = (text) => { write(1, `\n${token} ${text}\n`); };
register("./cabjest_hooks.mjs", import.meta.url);
const { run } = await import("./cabjest.mjs");
const stray = [];
process.on("unhandledRejection", (error) => { stray.push(error); });
await import(pathToFileURL(process.argv[2]).href);
await run((found) => say(stringify(found)));
await new Promise((resolve) => setTimeout(resolve, 0));
for (const error of stray) say(stringify({ test: "", ok: false, why: String(error?.message ?? error) }));
say("end");
exit(0);
