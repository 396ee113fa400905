import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { commands } from "../commands/index.ts";
import { generatedPages } from "../src/tasks/docs.ts";

const root = resolve(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

describe("pages agree with the catalogues", () => {
  it.each(Object.entries(generatedPages()))(
    "%s is as `npm run -s docs` writes it",
    (path, text) => {
      expect(read(path)).toBe(text);
    },
  );
  it("the README names every command and both start commands", () => {
    const readme = read("README.md");
    for (const { name } of commands) expect(readme).toContain(`/${name}`);
    expect(readme).toContain("npm ci && npm start");
    expect(readme).toContain("npm ci && npm test");
  });
  it("every relative link in a page leads somewhere", () => {
    const pages = [
      "README.md",
      "ARCHITECTURE.md",
      "CONTRIBUTING.md",
      "CHANGELOG.md",
      "SECURITY.md",
      "data/README.md",
      ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".md"))
        .map((name) => join("docs", name)),
    ];
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)/g)]
        .map(([, target]) => join(page, "..", target!))
        .filter((target) => !existsSync(join(root, target)))
        .map((target) => `${page} → ${target}`),
    );
    expect(broken).toEqual([]);
  });
  it("every bundled fact file is described with origin, licence, date and gaps", () => {
    const page = read("data/README.md");
    for (const file of readdirSync(join(root, "data")).filter((name) => name.endsWith(".json")))
      expect(page).toContain(file);
  });
});
