import { describe, expect, it } from "vitest";
import type { Json } from "./json.ts";
import { modalProblems } from "./modal-rules.ts";

const text = (id: string, more: Json = {}): Json => ({
  type: 18,
  label: "A field",
  component: { type: 4, custom_id: id, style: 1, ...more },
});
const menu = (options: readonly Json[]): Json => ({
  type: 18,
  label: "A menu",
  component: { type: 3, custom_id: "menu", options },
});
const modal = (components: readonly Json[], more: Json = {}): Json => ({
  custom_id: "form",
  title: "A form",
  components,
  ...more,
});
const option = (value: string, more: Json = {}): Json => ({ label: value, value, ...more });

describe("a modal", () => {
  it("of five labelled fields is taken", () => {
    const fields = ["a", "b", "c", "d"].map((id) => text(id));
    expect(modalProblems(modal([...fields, menu([option("x", { default: true })])]))).toEqual([]);
  });
  it.each<readonly [string, Json, string]>([
    ["with a long title", modal([text("a")], { title: "x".repeat(46) }), "data.title"],
    ["with a long id", modal([text("a")], { custom_id: "x".repeat(101) }), "data.custom_id"],
    ["without fields", modal([]), "data.components"],
    [
      "of six fields",
      modal(["a", "b", "c", "d", "e", "f"].map((id) => text(id))),
      "data.components",
    ],
    ["with a bare input", modal([{ type: 4, custom_id: "a" }]), "data.components.0.type"],
    [
      "with a long label",
      modal([{ ...text("a"), label: "x".repeat(46) }]),
      "data.components.0.label",
    ],
    [
      "with a long hint",
      modal([{ ...text("a"), description: "x".repeat(101) }]),
      "data.components.0.description",
    ],
    [
      "with a long value",
      modal([text("a", { value: "x".repeat(4_001) })]),
      "data.components.0.component.value",
    ],
    ["with an id twice", modal([text("a"), text("a")]), "data.components.1.component.custom_id"],
    ["with an empty menu", modal([menu([])]), "data.components.0.component.options"],
    [
      "with two things picked",
      modal([menu([option("x", { default: true }), option("y", { default: true })])]),
      "data.components.0.component.options",
    ],
    [
      "with a button",
      modal([{ type: 18, label: "x", component: { type: 2 } }]),
      "data.components.0.component.type",
    ],
  ])("%s is refused", (_, sent, path) => {
    expect(modalProblems(sent).map((each) => each.path)).toContain(path);
  });
});
