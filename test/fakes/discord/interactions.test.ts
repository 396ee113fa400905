import { beforeEach, describe, expect, it } from "vitest";
import { ApiFault } from "./api-fault.ts";
import { Interactions } from "./interactions.ts";
import type { Interaction } from "./interactions.ts";
import type { StoredMessage } from "./world.ts";
import { World } from "./world.ts";

/** The rules of answering an interaction, without a network between. */
let world: World;
let interactions: Interactions;
let message: StoredMessage;

beforeEach(() => {
  world = new World(Date.UTC(2026, 0, 5, 9));
  interactions = new Interactions(world);
  message = world.place({
    channel: world.addChannel("general", world.addGuild("Acme")),
    author: world.application,
    content: "old",
  });
});

const says = (content: string) => ({ content, allowed_mentions: { parse: [] } });

function open(kind: Interaction["kind"]): Interaction {
  return interactions.open({
    kind,
    user: world.addUser("ada"),
    channel: message.channel,
    ...(kind === "component" && { source: message }),
  });
}

function respond({ id, token }: Interaction, type: number, data: object = {}): void {
  interactions.respond(id, token, { type, data }, []);
}

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ApiFault)
      return [
        error.status,
        error.code,
        ...error.problems.map(({ path, code }) => `${path}: ${code}`),
      ].join(" ");
    throw error;
  }
  return "taken";
}

describe("the first response", () => {
  it("is taken for three seconds and once", () => {
    const quick = open("command");
    world.advance(3_000);
    expect(refusal(() => respond(quick, 4, says("x")))).toBe("taken");
    expect(refusal(() => respond(quick, 4, says("x")))).toBe("400 40060");
    const late = open("command");
    world.advance(3_001);
    expect(refusal(() => respond(late, 5))).toBe("404 10062");
  });

  it("to an unknown interaction is refused", () => {
    expect(refusal(() => interactions.respond("1", "x", { type: 5 }, []))).toBe("404 10062");
  });

  it.each<[string, Interaction["kind"], number]>([
    ["an unknown type", "command", 99],
    ["choices for a command", "command", 8],
    ["a message for a suggestion", "autocomplete", 4],
    ["an update where there is no message", "command", 7],
  ])("with %s is refused", (_, kind, type) => {
    expect(refusal(() => respond(open(kind), type, says("x")))).toBe(
      "400 50035 type: BASE_TYPE_CHOICES",
    );
  });

  it("obeys the rules of messages", () => {
    expect(refusal(() => respond(open("command"), 4, says("x".repeat(2_001))))).toBe(
      "400 50035 data.content: BASE_TYPE_MAX_LENGTH",
    );
    expect(refusal(() => respond(open("command"), 4))).toBe("400 50006");
  });

  it("that was refused may be given again", () => {
    const asked = open("command");
    refusal(() => respond(asked, 4));
    expect(refusal(() => respond(asked, 4, says("x")))).toBe("taken");
  });

  it("with suggestions obeys theirs", () => {
    const choices = (count: number, name: string) => ({
      choices: Array.from({ length: count }, () => ({ name, value: "x" })),
    });
    expect(refusal(() => respond(open("autocomplete"), 8, choices(26, "x")))).toBe(
      "400 50035 data.choices: BASE_TYPE_MAX_LENGTH",
    );
    expect(refusal(() => respond(open("autocomplete"), 8, choices(1, "x".repeat(101))))).toBe(
      "400 50035 data.choices.0.name: BASE_TYPE_BAD_LENGTH",
    );
    const number = interactions.open({
      kind: "autocomplete",
      user: world.addUser("ada"),
      channel: message.channel,
      isText: false,
    });
    expect(refusal(() => respond(number, 8, choices(1, "x")))).toBe(
      "400 50035 data.choices.0.value: NUMBER_TYPE_COERCE",
    );
  });
});

describe("what follows", () => {
  it("comes after the first response and within fifteen minutes", () => {
    const asked = open("command");
    expect(refusal(() => interactions.followUp(asked.token, says("x"), []))).toBe("404 10015");
    respond(asked, 5);
    world.advance(15 * 60_000);
    expect(refusal(() => interactions.editOriginal(asked.token, says("x"), []))).toBe("taken");
    world.advance(1);
    expect(refusal(() => interactions.editOriginal(asked.token, says("x"), []))).toBe("401 50027");
    expect(refusal(() => interactions.followUp("unknown", says("x"), []))).toBe("401 50027");
  });

  it("first settles an open promise, as private as that was, and is a new message after it", () => {
    const asked = open("command");
    respond(asked, 5, { flags: 64 });
    const settled = interactions.followUp(asked.token, says("one"), []);
    expect(settled).toBe(asked.original);
    expect(settled.seenBy).toBe(asked.user);
    const next = interactions.followUp(asked.token, says("two"), []);
    expect(next.id).not.toBe(settled.id);
    expect(next.seenBy).toBeUndefined();
  });

  it("to a pressed button changes the message it is on", () => {
    const pressed = open("component");
    respond(pressed, 6);
    expect(message.content).toBe("old");
    interactions.editOriginal(pressed.token, says("new"), []);
    expect(message.content).toBe("new");
    const again = open("component");
    respond(again, 7, says("newer"));
    expect(message.content).toBe("newer");
  });
});
