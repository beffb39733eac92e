#!/usr/bin/env node
import { readFileSync } from "node:fs";

import { openLibrary } from "../src/index.js";

const read = (name) => JSON.parse(readFileSync(new URL(`../config/${name}.json`, import.meta.url)));

const branch = process.argv[2] ?? "harbour";
const library = openLibrary(read("library"), { [branch]: read(branch) });
console.log(JSON.stringify(library.settings(branch), null, 2));
