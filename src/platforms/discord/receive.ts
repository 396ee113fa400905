import type {
  APIApplicationCommandAutocompleteInteraction,
  APIInteraction,
  GatewayMessageCreateDispatchData,
} from "discord.js";
import { InteractionType } from "discord.js";
import { textLength } from "../../reply/fit.ts";
import type { Answering } from "./answering.ts";
import { answerInteraction, answerMessage } from "./answering.ts";
import { failureDetail } from "./failure.ts";
import { LIMITS } from "./limits.ts";
import { questionOf, spokenOf } from "./question.ts";

/** Takes in what Discord sends, as API JSON, whichever way it came. Never throws. */
export interface Receiver {
  interaction(interaction: APIInteraction): void;
  message(message: GatewayMessageCreateDispatchData): void;
  /** Answers still under way. */
  settled(): Promise<void>;
}

/** How many ids are remembered to answer each once; Discord repeats an event within seconds, when a session resumes. */
const REMEMBERED = 5_000;

/** With so many answers under way one more may not be ready in time: it is promised before it is begun. */
const CROWD = 25;

export function discordReceiver(
  answering: Answering,
  { applicationId, ourId }: { readonly applicationId: string; readonly ourId: () => string },
): Receiver {
  const { bot, log, wire } = answering;
  const underWay = new Set<Promise<void>>();
  const isNew = firstTimes(REMEMBERED);

  const run = (work: () => Promise<void>): void => {
    const job = work()
      .catch((error: unknown) =>
        log.error({ event: "discord.receive_failed", ...failureDetail(error) }),
      )
      .finally(() => underWay.delete(job));
    underWay.add(job);
  };

  return {
    interaction(interaction) {
      if (interaction.application_id !== applicationId || !isNew(interaction.id)) return;
      run(async () => {
        if (interaction.type === InteractionType.ApplicationCommandAutocomplete) {
          return wire.choices(interaction, suggestions(interaction, answering));
        }
        const question = questionOf(interaction, bot);
        const isCrowded = underWay.size > CROWD;
        if (question !== undefined)
          await answerInteraction(interaction, question, {
            ...answering,
            ...(isCrowded && { deferAfterMs: 0 }),
          });
      });
    },
    message(message) {
      const spoken = spokenOf(message, ourId(), bot);
      if (spoken === undefined || !isNew(message.id)) return;
      run(() => answerMessage(message, spoken, answering));
    },
    async settled() {
      await Promise.all(underWay);
    },
  };
}

/** Suggestions for the option being typed. They are computed in memory and answered at once: Discord lets nobody defer here. */
function suggestions({ data }: APIApplicationCommandAutocompleteInteraction, { bot }: Answering) {
  const focused = data.options.find((option) => "focused" in option && option.focused);
  if (focused === undefined || !("value" in focused)) return [];
  return bot
    .complete(data.name, focused.name, String(focused.value))
    .filter(({ name, value }) => isChoiceText(name) && isChoiceText(value))
    .slice(0, LIMITS.autocompleteChoices);
}

function isChoiceText(text: string): boolean {
  return text !== "" && textLength(text, "utf16") <= LIMITS.choiceText;
}

/** Tells whether an id is seen for the first time, remembering the last `most` of them. */
function firstTimes(most: number): (id: string) => boolean {
  const seen = new Set<string>();
  return (id) => {
    if (seen.has(id)) return false;
    seen.add(id);
    const [oldest] = seen;
    if (seen.size > most && oldest !== undefined) seen.delete(oldest);
    return true;
  };
}
