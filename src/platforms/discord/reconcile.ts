import type { REST } from "discord.js";
import { z } from "zod";
import type { DiscordCommand } from "./register.ts";

/**
 * Makes Discord's list of our global commands equal to ours, and writes only when it is not: a write
 * counts towards 200 new commands a day and makes every client reload them.
 * https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-global-application-commands
 */
export async function reconcile(
  rest: REST,
  applicationId: string,
  ours: readonly DiscordCommand[],
): Promise<"unchanged" | "updated"> {
  const route = `/applications/${applicationId}/commands` as const;
  if (sameCommands(ours, await rest.get(route))) return "unchanged";
  await rest.put(route, { body: ours });
  return "updated";
}

/** Whether two lists say the same, whatever ids, versions and defaults Discord added to its own. */
export function sameCommands(ours: unknown, theirs: unknown): boolean {
  const left = commandsSchema.safeParse(ours);
  const right = commandsSchema.safeParse(theirs);
  return left.success && right.success && inOrder(left.data) === inOrder(right.data);
}

/** Discord writes a field that was not set as absent, as null, or with its default. */
function orElse<Schema extends z.ZodType>(schema: Schema, value: z.output<Schema>) {
  return schema.nullish().transform((given) => given ?? value);
}

const byValue = (left: number, right: number): number => left - right;
const places = z.array(z.number()).transform((values) => values.toSorted(byValue));

/** Only the fields we set; what Discord adds falls away. */
const commandsSchema = z.array(
  z.object({
    type: orElse(z.number(), 1),
    name: z.string(),
    description: orElse(z.string(), ""),
    options: orElse(
      z.array(
        z.object({
          type: z.number(),
          name: z.string(),
          description: z.string(),
          required: orElse(z.boolean(), false),
          autocomplete: orElse(z.boolean(), false),
          choices: orElse(
            z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) })),
            [],
          ),
          min_value: z.number().optional(),
          max_value: z.number().optional(),
        }),
      ),
      [],
    ),
    contexts: orElse(places, []),
    integration_types: orElse(places, [0]),
  }),
);

/** The order of commands means nothing to Discord, that of options does. */
function inOrder(commands: z.output<typeof commandsSchema>): string {
  return JSON.stringify(
    commands.toSorted((left, right) =>
      `${left.type} ${left.name}` < `${right.type} ${right.name}` ? -1 : 1,
    ),
  );
}
