// Every optional binding a package names must have its version in the lock: otherwise `npm ci` fails on another platform.
import { readFileSync } from "node:fs";

const lock = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
const packages = lock.packages;
const faults = [];

/** The lock's entry for a dependency, looked for as Node would: in the package's own folder, then in each folder above. */
function entryOf(path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(folder.lastIndexOf("/node_modules/"), 0))) {
    const found = packages[folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`];
    if (found !== undefined || folder === "") return found;
  }
}

for (const [path, entry] of Object.entries(packages)) {
  for (const [name, wanted] of Object.entries(entry.optionalDependencies ?? {})) {
    const found = entryOf(path, name);
    if (found?.version === undefined) faults.push(`${path || "the project"}: ${name}@${wanted} has no version in the lock`);
  }
  // An address in the lock would tie everybody's install to the host it was made with.
  if (entry.resolved !== undefined) faults.push(`${path}: names the host it came from`);
  if (path !== "" && entry.integrity === undefined && entry.link !== true) faults.push(`${path}: no integrity`);
}
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
console.log(`lock: ${Object.keys(packages).length} packages, every optional binding has its version`);
