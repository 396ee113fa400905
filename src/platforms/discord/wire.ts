import type {
  APIInteraction,
  APIModalInteractionResponseCallbackData,
  RawFile,
  REST,
} from "discord.js";
import { FLAGS } from "./component.ts";
import { failureOf, isAcknowledged } from "./failure.ts";
import { LIMITS } from "./limits.ts";
import type { Outgoing } from "./outgoing.ts";

/** What a message is sent with: an ephemeral one is seen by the asker alone. */
export interface Visibility {
  readonly ephemeral: boolean;
}

type Asked = Pick<APIInteraction, "id" | "token" | "application_id">;

/** Interaction callback types: https://docs.discord.com/developers/interactions/receiving-and-responding */
const CALLBACK = {
  answer: 4,
  deferredAnswer: 5,
  deferredUpdate: 6,
  update: 7,
  choices: 8,
  modal: 9,
} as const;

export type Wire = ReturnType<typeof discordWire>;

/**
 * Everything we say to Discord, over its REST API. The interaction's own token is the permission to
 * answer it, so the same calls serve interactions from the gateway and from HTTP.
 */
export function discordWire(rest: REST) {
  const callback = (asked: Asked, type: number, data?: object, files?: RawFile[]): Promise<void> =>
    repeatable(() =>
      rest.post(`/interactions/${asked.id}/${asked.token}/callback`, {
        body: { type, ...(data && { data }) },
        ...(files && { files }),
        auth: false,
      }),
    );
  return {
    /** The first response, as a new message. */
    answer: (asked: Asked, outgoing: Outgoing, visibility: Visibility) =>
      callback(asked, CALLBACK.answer, bodyOf(outgoing, visibility), filesOf(outgoing)),

    /** The first response, in place of the message whose button was pressed. */
    update: (asked: Asked, outgoing: Outgoing) =>
      callback(asked, CALLBACK.update, bodyOf(outgoing), filesOf(outgoing)),

    /** The first response to anything but a modal, as a dialog in front of the asker. */
    modal: (asked: Asked, modal: APIModalInteractionResponseCallbackData) =>
      callback(asked, CALLBACK.modal, modal),

    /** "Thinking…": a promise of an answer within 15 minutes. */
    deferAnswer: (asked: Asked, { ephemeral }: Visibility) =>
      callback(asked, CALLBACK.deferredAnswer, { flags: ephemeral ? FLAGS.ephemeral : 0 }),

    /** The same for a pressed button, whose message stays until it is edited. */
    deferUpdate: (asked: Asked) => callback(asked, CALLBACK.deferredUpdate),

    choices: (
      asked: Asked,
      choices: readonly { readonly name: string; readonly value: string }[],
    ) => callback(asked, CALLBACK.choices, { choices }),

    editOriginal: (asked: Asked, outgoing: Outgoing): Promise<void> =>
      repeatable(() =>
        rest.patch(`/webhooks/${asked.application_id}/${asked.token}/messages/@original`, {
          body: bodyOf(outgoing),
          files: filesOf(outgoing),
          auth: false,
        }),
      ),

    /** One more message in answer. Not repeated when its fate is unknown: nothing would tell the two apart. */
    async followUp(asked: Asked, outgoing: Outgoing, visibility: Visibility): Promise<void> {
      await rest.post(`/webhooks/${asked.application_id}/${asked.token}`, {
        body: bodyOf(outgoing, visibility),
        files: filesOf(outgoing),
        auth: false,
      });
    },

    /** An answer below someone's message. Sent twice it appears once: Discord remembers the nonce for some minutes. */
    replyTo: (
      message: { readonly id: string; readonly channel_id: string },
      outgoing: Outgoing,
    ): Promise<void> =>
      repeatable(() =>
        rest.post(`/channels/${message.channel_id}/messages`, {
          body: {
            ...bodyOf(outgoing),
            message_reference: { message_id: message.id, fail_if_not_exists: false },
            nonce: message.id.slice(0, LIMITS.nonce),
            enforce_nonce: true,
          },
          files: filesOf(outgoing),
        }),
      ),
  };
}

/** Sends once more what may be sent twice, when the first time nobody knows whether it arrived. */
async function repeatable(send: () => Promise<unknown>): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (failureOf(error) !== "unreachable") throw error;
    await send().catch((second: unknown) => {
      // "Already acknowledged" says that the first one did arrive.
      if (!isAcknowledged(second)) throw second;
    });
  }
}

/**
 * The one place a message body is made: every create, edit and follow-up forbids all mentions, whatever
 * the renderer said. The attachments listed replace those a former answer had.
 */
export function bodyOf(
  { message, uploads }: Outgoing,
  visibility: Visibility = { ephemeral: false },
) {
  return {
    flags: message.flags | (visibility.ephemeral ? FLAGS.ephemeral : 0),
    components: message.components,
    attachments: uploads.map(({ name, altText }, index) => ({
      id: String(index),
      filename: name,
      ...(altText !== undefined && { description: altText }),
    })),
    allowed_mentions: { parse: [] },
  };
}

export function filesOf({ uploads }: Outgoing): RawFile[] {
  return uploads.map(({ name, data, contentType }) => ({ name, data, contentType }));
}
