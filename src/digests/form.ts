import type { Form, Reply } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import type { Digest } from "../stores/records.ts";
import { DENSITIES, SECTIONS } from "./index.ts";

/** Asks what a digest should be: a form with what it is now, and in words what may be typed instead. */
export function digestForm({ id, schedule, density, sections }: Digest): Reply {
  const names = SECTIONS.map(({ name }) => name).join(", ");
  const form: Form = {
    title: `Change digest ${id}`,
    submit: "Save",
    run: `/digest edit ${id} {schedule} density:{density} sections:{sections}`,
    fields: [
      {
        name: "schedule",
        label: "Comes",
        hint: "For example: weekdays 08:30 Europe/Berlin",
        kind: "text",
        value: schedule,
      },
      {
        name: "density",
        label: "How much it says",
        kind: "choice",
        value: density,
        options: DENSITIES.map((each) => ({ label: each, value: each })),
      },
      {
        name: "sections",
        label: "Which parts",
        hint: `usual, or of: ${names}`,
        kind: "text",
        value: sections.length === 0 ? "usual" : sections.join(", "),
      },
    ],
  };
  return reply(form.title, {
    form,
    blocks: [
      {
        kind: "bullets",
        items: [
          ["When: ", { code: `/digest edit ${id} weekdays 08:30` }],
          ["How much: ", { code: `/digest edit ${id} density:brief` }],
          ["Which parts: ", { code: `/digest edit ${id} sections:numbers,chart` }, ` of ${names}`],
          ["Of what: ", { code: `/digest edit ${id} sector:finance country:US` }],
          ["Where to: ", { code: `/digest edit ${id} to:me` }],
        ],
      },
    ],
    figures: { id, schedule, density, sections: [...sections] },
    actions: [{ label: "All digests", run: "/digest list" }],
  });
}
