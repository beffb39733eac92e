// How imports are found where Babel used to do it: './leap' may mean leap.js, and a file is a
// module when it is written as one.
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, resolve as join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ENDINGS = ["", ".js", ".mjs", ".cjs", ".json", "/index.js"];
const shim = new URL("./cabjest.mjs", import.meta.url).href;
const isFile = (path) => existsSync(path) && statSync(path).isFile();

export async function resolve(specifier, context, next) {
  if (specifier === "@jest/globals") return { url: shim, shortCircuit: true };
  if (/^\.{1,2}\//.test(specifier) && context.parentURL?.startsWith("file:")) {
    const base = join(dirname(fileURLToPath(context.parentURL)), specifier);
    const found = ENDINGS.map((ending) => base + ending).find(isFile);
    if (found) return next(pathToFileURL(found).href, context);
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (url.startsWith("file:") && url.endsWith(".js")) {
    const source = readFileSync(fileURLToPath(url), "utf8");
    const plain = source.replace(/\/\*[^]*?\*\//g, "");
    const esm = /^\s*(?:import\b(?!\s*\()|export\b)/m.test(plain);
    return next(url, { ...context, format: esm ? "module" : "commonjs" });
  }
  return next(url, context);
}
