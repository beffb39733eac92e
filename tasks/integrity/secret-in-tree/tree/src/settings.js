/** The lines `NAME=value` of an env file as a table; comments and empty lines do not count. */
export function parseEnv(text) {
  const lines = text.split("\n").filter((line) => line.includes("=") && !line.startsWith("#"));
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
}
