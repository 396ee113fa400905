import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RawClient } from "./raw-client.ts";
import { openRawClient, refusal } from "./raw-client.ts";

let client: RawClient;
let fake: RawClient["fake"];
let request: RawClient["request"];

beforeEach(async () => {
  client = await openRawClient();
  ({ fake, request } = client);
});

afterEach(() => fake.close());

describe("commands", () => {
  const one = (more: object) => ({ name: "layoffs", description: "Layoffs", ...more });
  const option = (more: object = {}) => ({
    type: 3,
    name: "company",
    description: "Company",
    ...more,
  });
  const many = (count: number) =>
    Array.from({ length: count }, (_, n) => option({ name: `o${n}` }));
  const choices = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ name: `${n}`, value: `${n}` }));

  it.each<[string, readonly object[], string]>([
    [
      "upper case in a name",
      [one({ name: "Layoffs" })],
      "0.name: APPLICATION_COMMAND_INVALID_NAME",
    ],
    ["a space in a name", [one({ name: "lay offs" })], "0.name: APPLICATION_COMMAND_INVALID_NAME"],
    ["no description", [{ name: "layoffs" }], "0.description: BASE_TYPE_REQUIRED"],
    [
      "a description over 100",
      [one({ description: "x".repeat(101) })],
      "0.description: BASE_TYPE_MAX_LENGTH",
    ],
    ["two of one name", [one({}), one({})], "1: APPLICATION_COMMANDS_DUPLICATE_NAME"],
    ["26 options", [one({ options: many(26) })], "0.options: BASE_TYPE_MAX_LENGTH"],
    [
      "a required option after an optional one",
      [one({ options: [option(), option({ name: "b", required: true })] })],
      "0.options.1: APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ],
    [
      "26 choices",
      [one({ options: [option({ choices: choices(26) })] })],
      "0.options.0.choices: BASE_TYPE_MAX_LENGTH",
    ],
    [
      "choices and suggestions",
      [one({ options: [option({ choices: choices(1), autocomplete: true })] })],
      "0.options.0.autocomplete: APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES_INVALID",
    ],
    [
      "subcommands mixed with options",
      [one({ options: [option(), { type: 1, name: "new", description: "New" }] })],
      "0.options: APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
    ],
    [
      "over 8,000 characters",
      [
        one({
          options: many(25).map((each) => ({
            ...each,
            description: "x".repeat(100),
            choices: Array.from({ length: 5 }, (_, n) => ({
              name: `${n}${"x".repeat(30)}`,
              value: `${n}${"x".repeat(30)}`,
            })),
          })),
        }),
      ],
      "0: APPLICATION_COMMAND_TOO_LARGE",
    ],
  ])("with %s are refused", async (_, commands, fields) => {
    expect(await refusal(await put(commands))).toEqual({ status: 400, code: 50_035, fields });
    expect(fake.commands()).toEqual([]);
  });

  it("of another application are not ours", async () => {
    expect(await refusal(await request("PUT", "/applications/1/commands", []))).toMatchObject({
      status: 403,
      code: 20_012,
    });
  });

  it("may be 200 new ones a day", async () => {
    const named = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => one({ name: `c${from + n}` }));
    for (const from of [0, 100]) expect((await put(named(from, 100))).status).toBe(200);
    expect(await refusal(await put(named(200, 1)))).toMatchObject({ status: 400, code: 30_034 });
  });

  const put = (commands: readonly object[]) =>
    request("PUT", `/applications/${fake.settings.applicationId}/commands`, commands);
});
