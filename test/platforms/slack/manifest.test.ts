import { existsSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { commands } from "../../../commands/index.ts";
import { SCOPES, slackManifest } from "../../../src/platforms/slack/manifest.ts";
import { recordOf } from "../../fakes/discord/json.ts";
import { smallCommands } from "./small-bot.ts";

const SCHEMA = new URL("../../../../shared/specs/slack-manifest.schema.json", import.meta.url);
const manifest = slackManifest(commands);

describe.skipIf(!existsSync(SCHEMA))(
  "against Slack's own schema (skipped where it is not at hand)",
  () => {
    it.each([
      ["all commands", commands],
      ["a few commands", smallCommands],
      ["no commands", []],
    ])("the manifest of %s is valid", (_, given) => {
      const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
      const validate = ajv.compile(recordOf(JSON.parse(readFileSync(SCHEMA, "utf8"))));
      validate(slackManifest(given));
      expect(validate.errors).toBe(null);
    });
  },
);

it("every limit of a manifest is kept", () => {
  const { display_information: about, features } = manifest;
  expect(about.name.length).toBeLessThanOrEqual(35);
  expect(about.description.length).toBeLessThanOrEqual(140);
  expect(about.long_description.length).toBeGreaterThanOrEqual(175);
  expect(about.long_description.length).toBeLessThanOrEqual(4_000);
  expect(features.slash_commands.length).toBeLessThanOrEqual(50);
  for (const { name, description } of features.shortcuts) {
    expect(name.length).toBeLessThanOrEqual(24);
    expect(description.length).toBeLessThanOrEqual(150);
  }
  for (const { command, description, usage_hint: hint } of features.slash_commands) {
    expect(command).toMatch(/^\/[a-z-]{1,31}$/);
    expect(description.length).toBeGreaterThan(0);
    expect(description.length).toBeLessThanOrEqual(2_000);
    expect(hint?.length ?? 1).toBeLessThanOrEqual(1_000);
    expect(hint).not.toBe("");
  }
});

it("offers /pulse once, and every command that is a slash command of its own", () => {
  const names = manifest.features.slash_commands.map(({ command }) => command);
  const own = commands.filter(({ ownSlash }) => ownSlash).map(({ name }) => `/${name}`);
  expect(new Set(names)).toEqual(new Set(["/pulse", ...own]));
  expect(names).toHaveLength(new Set(names).size);
});

it("the hint of /pulse names every other command", () => {
  const [door] = slackManifest(smallCommands).features.slash_commands;
  expect(door).toMatchObject({ command: "/pulse", usage_hint: "[layoffs | sources] …" });
});

it("asks for no scope that reads messages not said to the bot", () => {
  const { bot } = manifest.oauth_config.scopes;
  expect(bot).toEqual(Object.keys(SCOPES));
  expect(bot.filter((scope) => scope.endsWith(":history"))).toEqual(["im:history"]);
});

it("what only tells people apart may be left out by whoever installs it", () => {
  const { bot, bot_optional: optional } = manifest.oauth_config.scopes;
  expect(optional).toEqual(["users:read", "channels:read", "groups:read"]);
  expect(bot).toEqual(expect.arrayContaining([...optional]));
});

it("the same commands give the same manifest", () => {
  expect(JSON.stringify(slackManifest(commands))).toBe(JSON.stringify(manifest));
});
