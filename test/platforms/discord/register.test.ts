import { describe, expect, it } from "vitest";
import { z } from "zod";
import { commands } from "../../../commands/index.ts";
import { choice, whole, words, yesNo } from "../../../src/command/args.ts";
import type { Command } from "../../../src/command/define.ts";
import { defineCommand } from "../../../src/command/define.ts";
import { reply } from "../../../src/reply/reply.ts";
import { sameCommands } from "../../../src/platforms/discord/reconcile.ts";
import { discordCommands, MORE } from "../../../src/platforms/discord/register.ts";
import { commandProblems } from "../../fakes/discord/command-rules.ts";
import { recordOf } from "../../fakes/discord/json.ts";
import { smallBot } from "./small-bot.ts";

function command(args: Readonly<Record<string, z.ZodType>>): Command {
  return defineCommand({
    name: "try",
    summary: "A command to try",
    args: z.object(args),
    examples: ["/try"],
    run: () => reply("unused"),
  });
}

function optionsOf(one: Command): readonly Readonly<Record<string, unknown>>[] {
  const { options } = recordOf(discordCommands([one])[0]);
  return Array.isArray(options) ? options.map((each) => recordOf(each)) : [];
}

describe("registered commands", () => {
  it("are ones Discord takes, all of ours", () => {
    const registered = discordCommands(commands);
    expect(registered).toHaveLength(commands.length + 2);
    expect(commandProblems(registered)).toEqual([]);
  });

  it("have typed options", () => {
    const options = optionsOf(
      command({
        company: words("company", { complete: "company" }),
        basis: choice("basis", ["announced", "learned"]),
        rows: whole("rows", 1, 25),
        rollup: yesNo("rollup"),
      }),
    );
    expect(options).toEqual([
      { type: 3, name: "company", description: "company", autocomplete: true },
      {
        type: 3,
        name: "basis",
        description: "basis",
        choices: [
          { name: "announced", value: "announced" },
          { name: "learned", value: "learned" },
        ],
      },
      { type: 4, name: "rows", description: "rows", min_value: 1, max_value: 25 },
      { type: 5, name: "rollup", description: "rollup" },
    ]);
  });

  it("ask for the required options first", () => {
    const options = optionsOf(command({ from: words("from"), text: z.string() }));
    expect(options.map(({ name, required }) => [name, required])).toEqual([
      ["text", true],
      ["from", undefined],
    ]);
  });

  it("offer a closed set only when all of it fits", () => {
    const many = Array.from({ length: 26 }, (_, n) => `choice-${n}`);
    expect(
      optionsOf(command({ state: words("state", { choices: many, complete: "country" }) }))[0],
    ).toEqual({
      type: 3,
      name: "state",
      description: "state",
      autocomplete: true,
    });
  });

  it("keep 24 options and one for the rest when there are more than 25", () => {
    const args = Object.fromEntries(
      Array.from({ length: 30 }, (_, n) => [
        `arg-${String.fromCodePoint(97 + (n % 26))}${n}`,
        words(""),
      ]),
    );
    const options = optionsOf(command(args));
    expect(options).toHaveLength(25);
    expect(options[24]?.name).toBe(MORE);
    expect(commandProblems(discordCommands([command(args)]))).toEqual([]);
  });

  it("stay within 8,000 characters by giving options up to the rest", () => {
    const choices = (name: string) =>
      Array.from({ length: 25 }, (_, n) => `${name}-${n}-${"x".repeat(60)}`);
    const big = command(
      Object.fromEntries(
        ["a", "b", "c", "d"].map((name) => [name, words(name, { choices: choices(name) })]),
      ),
    );
    expect(optionsOf(big).map(({ name }) => name)).toEqual(["a", "b", MORE]);
    expect(commandProblems(discordCommands([big]))).toEqual([]);
  });

  it("cut long descriptions in sight", () => {
    expect(optionsOf(command({ text: words("word ".repeat(40)) }))[0]?.description).toMatch(
      /^.{0,99}…$/,
    );
  });
});

describe("two lists of commands", () => {
  const ours = discordCommands(smallBot().commands);
  const stored = () =>
    ours.map((each, n) => ({
      id: String(n),
      version: "1",
      nsfw: false,
      dm_permission: true,
      default_member_permissions: null,
      description: "",
      ...each,
      contexts: [2, 1, 0],
    }));

  it("are the same whatever Discord added and in whatever order", () => {
    expect(sameCommands(ours, stored().reverse())).toBe(true);
  });

  it.each([
    ["a description", { description: "Other" }],
    ["an option", { options: [] }],
    ["a place", { contexts: [0] }],
    ["a name", { name: "other" }],
  ])("differ by %s", (_, change) => {
    expect(
      sameCommands(
        ours,
        stored().map((each, n) => (n === 0 ? { ...each, ...change } : each)),
      ),
    ).toBe(false);
  });

  it("differ when one is no list of commands", () => {
    expect(sameCommands(ours, { message: "gone" })).toBe(false);
  });
});
