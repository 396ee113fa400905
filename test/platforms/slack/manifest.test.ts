import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { commands } from "../../../commands/index.ts";
import { slackManifest } from "../../../src/platforms/slack/manifest.ts";

const schemaPath = join(
  resolve(import.meta.dirname, "../../../../shared/specs"),
  "slack-manifest.schema.json",
);

describe("the Slack app manifest", () => {
  const manifest = slackManifest(commands);
  it("is the same for the same commands, and plain JSON", () => {
    expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
    expect(slackManifest(commands)).toEqual(manifest);
  });
  it("has the door and every command with a name of its own, within Slack's lengths", () => {
    const slash = manifest.features.slash_commands;
    expect(slash.map(({ command }) => command)).toEqual([
      "/pulse",
      ...commands
        .filter(({ name, ownSlash }) => ownSlash && name !== "pulse")
        .map(({ name }) => `/${name}`),
    ]);
    for (const { command, description, usage_hint = "" } of slash) {
      expect(command.length).toBeLessThanOrEqual(32);
      expect(description.length).toBeLessThanOrEqual(2_000);
      expect(usage_hint.length).toBeLessThanOrEqual(1_000);
    }
    expect(manifest.display_information.long_description.length).toBeGreaterThanOrEqual(175);
    expect(manifest.display_information.long_description.length).toBeLessThanOrEqual(4_000);
  });
  it.skipIf(!existsSync(schemaPath))("fits Slack's own schema", () => {
    const schema: Record<string, unknown> = JSON.parse(readFileSync(schemaPath, "utf8"));
    const check = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
    check(manifest);
    expect(check.errors ?? []).toEqual([]);
  });
});
