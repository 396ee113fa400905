import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** Who may import whom, by folder; everyone may import what stands in the same folder, and `src/fault.ts`. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  "src/market": [],
  "src/charts": [],
  "src/reply": ["src/charts/chart.ts", "src/charts/alt-text.ts"],
  "src/command": [
    "src/market",
    "src/reply",
    "src/charts/chart.ts",
    "src/clock.ts",
    "src/stores/book.ts",
    "src/stores/records.ts",
    "src/stores/tenant.ts",
  ],
  "src/authority": [
    "src/market",
    "src/reply",
    "src/stores/book.ts",
    "src/stores/records.ts",
    "src/stores/tenant.ts",
    "src/command/bot.ts",
  ],
  "src/answers": ["src/market", "src/reply", "src/charts/chart.ts", "src/command"],
  "src/claims": ["src/market", "src/reply", "src/command"],
  commands: [
    "src/alerts",
    "src/answers",
    "src/authority",
    "src/market",
    "src/reply",
    "src/charts/chart.ts",
    "src/claims",
    "src/command",
    "src/delivery/fired.ts",
    "src/delivery/outbox.ts",
    "src/delivery/post.ts",
    "src/delivery/post-key.ts",
    "src/digests",
    "src/schedule",
    "src/stores/book.ts",
    "src/stores/records.ts",
    "src/stores/tenant.ts",
  ],
  "src/standing": [
    "src/alerts",
    "src/authority",
    "src/clock.ts",
    "src/command",
    "src/delivery/fired.ts",
    "src/delivery/lane.ts",
    "src/delivery/parent.ts",
    "src/delivery/post.ts",
    "src/delivery/post-key.ts",
    "src/digests",
    "src/log.ts",
    "src/market",
    "src/reply",
    "src/schedule",
    "src/stores/book.ts",
    "src/stores/expired.ts",
    "src/stores/outgrown.ts",
    "src/stores/records.ts",
    "src/stores/sealed.ts",
    "src/stores/tenant.ts",
  ],
  "src/alerts": [
    "src/market",
    "src/reply",
    "src/stores/records.ts",
    "src/charts/chart.ts",
    "src/command/country.ts",
    "src/command/fill.ts",
    "src/answers/events-table.ts",
  ],
  "src/schedule": ["src/market", "src/stores/records.ts"],
  "src/digests": [
    "src/market",
    "src/reply",
    "src/charts/chart.ts",
    "src/answers",
    "src/command",
    "src/schedule",
    "src/stores/records.ts",
  ],
  "src/delivery": [
    "src/reply",
    "src/stores",
    "src/platforms/platform.ts",
    "src/log.ts",
    "src/clock.ts",
  ],
  "src/stores": ["src/market", "src/reply/reply.ts"],
  "src/sources": ["src/market", "src/stores"],
  "src/fetching": ["src/sources", "src/stores", "src/market", "src/clock.ts", "src/log.ts"],
  "src/platforms/slack": [
    "src/command",
    "src/reply",
    "src/charts/chart.ts",
    "src/charts/alt-text.ts",
    "src/platforms",
    "src/log.ts",
    "src/clock.ts",
  ],
  "src/platforms/discord": [
    "src/command",
    "src/reply",
    "src/charts/chart.ts",
    "src/charts/alt-text.ts",
    "src/platforms",
    "src/log.ts",
    "src/clock.ts",
  ],
  "src/platforms/terminal": [
    "src/command",
    "src/reply",
    "src/charts/alt-text.ts",
    "src/platforms",
    "src/log.ts",
  ],
  "src/platforms/playground": [
    "src/command",
    "src/reply",
    "src/charts/chart.ts",
    "src/charts/alt-text.ts",
    "src/platforms",
    "src/platforms/slack/render.ts",
    "src/platforms/discord/render.ts",
    "src/log.ts",
  ],
};

/** Folders whose code may not read the clock or touch files, sockets or the environment. */
const PURE = [
  "src/market",
  "src/reply",
  "src/command",
  "src/answers",
  "src/authority",
  "src/claims",
  "commands",
  "src/alerts",
  "src/schedule",
  "src/digests",
  "src/sources/extract",
];
const PURE_FILES = /src\/(charts\/(?!png|worker|byte-cache)|platforms\/\w+\/render)/;
const CLOCK = /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bsetTimeout\(|\bsetInterval\(/;
const WORLD = /from "node:(?!crypto|util)|\bprocess\.(env|cwd|stdout|stderr)\b/;

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)].map(([, path]) =>
    relative(root, resolve(root, dirname(file), path!)),
  );
}

function folderOf(file: string): string | undefined {
  return Object.keys(ALLOWED)
    .filter((folder) => file.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0];
}

const files = [...sourceFiles("src"), ...sourceFiles("commands")];

describe("an import goes inward or stays at home", () => {
  it.each(Object.keys(ALLOWED))("%s imports only what it may", (folder) => {
    const offenders = files
      .filter((file) => folderOf(file) === folder)
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => !mayImport(folder, target))
          .map((target) => `${file} → ${target}`),
      );
    expect(offenders).toEqual([]);
  });
  it("sees the imports it judges", () => {
    expect(files.length).toBeGreaterThan(60);
    expect(importsOf("commands/index.ts")).toContain("commands/layoffs.ts");
  });
});

function mayImport(folder: string, target: string): boolean {
  if (target === "src/fault.ts") return true;
  if (target.startsWith(`${folder}/`) && (folder !== "src/platforms" || dirname(target) === folder))
    return true;
  return ALLOWED[folder]!.some((allowed) =>
    allowed === "src/platforms"
      ? dirname(target) === allowed
      : target === allowed || (!allowed.endsWith(".ts") && target.startsWith(`${allowed}/`)),
  );
}

describe("the middle takes time and the world as arguments", () => {
  const pure = files.filter(
    (file) => PURE.some((folder) => file.startsWith(`${folder}/`)) || PURE_FILES.test(file),
  );
  it("never reads the clock", () => {
    expect(pure.filter((file) => CLOCK.test(readFileSync(join(root, file), "utf8")))).toEqual([]);
  });
  it("never touches files, sockets or the environment", () => {
    expect(pure.filter((file) => WORLD.test(readFileSync(join(root, file), "utf8")))).toEqual([]);
  });
});

it("a command file that nobody listed is noticed", () => {
  const listed = importsOf("commands/index.ts");
  const unlisted = sourceFiles("commands").filter(
    (file) =>
      dirname(file) === "commands" && file !== "commands/index.ts" && !listed.includes(file),
  );
  expect(unlisted).toEqual([]);
});

it("the acts of a command stand in a folder of its name, and no other command reaches into it", () => {
  const offenders = sourceFiles("commands").flatMap((file) =>
    importsOf(file)
      .filter((target) => target.startsWith("commands/") && dirname(target) !== "commands")
      .filter((target) => dirname(target) !== dirname(file) && `${dirname(target)}.ts` !== file)
      .map((target) => `${file} → ${target}`),
  );
  expect(offenders).toEqual([]);
});
