import { randomBytes } from "node:crypto";
import { FAULTS, refuse } from "./api-fault.ts";
import { suggestionProblems } from "./command-rules.ts";
import type { Json } from "./json.ts";
import { listOf, numberOf, recordOf } from "./json.ts";
import { modalProblems } from "./modal-rules.ts";
import { MESSAGE_FLAGS } from "./message-rules.ts";
import type { Channel, StoredMessage, Upload, User, World } from "./world.ts";

/** https://docs.discord.com/developers/interactions/receiving-and-responding */
const CALLBACK = {
  answer: 4,
  deferredAnswer: 5,
  deferredUpdate: 6,
  update: 7,
  choices: 8,
  modal: 9,
} as const;
const ALLOWED = {
  command: [4, 5, 9],
  component: [4, 5, 6, 7, 9],
  autocomplete: [8],
  modal: [4, 5],
} as const satisfies Record<string, readonly number[]>;
const FIRST_RESPONSE_MS = 3_000;
const TOKEN_LIFE_MS = 15 * 60_000;

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly kind: keyof typeof ALLOWED;
  readonly createdAt: number;
  readonly user: User;
  readonly channel: Channel;
  /** The message whose control was pressed. */
  readonly source?: StoredMessage;
  /** The suggested option takes text, not a number. */
  readonly isText: boolean;
  /** The type of the first response. */
  first?: number;
  original?: StoredMessage;
  /** Messages shown or changed in answer, in order; promises are not among them. */
  readonly shown: StoredMessage[];
  choices?: readonly Json[];
  /** The dialog opened in answer, as it was sent. */
  modal?: Json;
}

/** The interactions under way and the rules of answering them. */
export class Interactions {
  readonly #world: World;
  readonly #byToken = new Map<string, Interaction>();

  constructor(world: World) {
    this.#world = world;
  }

  open(start: Pick<Interaction, "kind" | "user" | "channel"> & Partial<Interaction>): Interaction {
    const interaction: Interaction = {
      id: this.#world.newId(),
      token: randomBytes(48).toString("base64url"),
      createdAt: this.#world.now(),
      isText: true,
      shown: [],
      ...start,
    };
    this.#byToken.set(interaction.token, interaction);
    return interaction;
  }

  /** POST /interactions/{id}/{token}/callback */
  respond(id: string, token: string, body: Json, uploads: readonly Upload[]): void {
    const interaction = this.#byToken.get(token);
    if (interaction === undefined || interaction.id !== id) throw FAULTS.unknownInteraction();
    if (interaction.first !== undefined) throw FAULTS.alreadyAcknowledged();
    if (this.#world.now() - interaction.createdAt > FIRST_RESPONSE_MS)
      throw FAULTS.unknownInteraction();
    const type = numberOf(body.type) ?? 0;
    const allowed: readonly number[] = ALLOWED[interaction.kind];
    refuse(allowed.includes(type) ? [] : [{ path: "type", code: "BASE_TYPE_CHOICES" }]);
    this.#first(interaction, type, recordOf(body.data), uploads);
    interaction.first = type;
  }

  /** PATCH /webhooks/{application}/{token}/messages/@original */
  editOriginal(token: string, body: Json, uploads: readonly Upload[]): StoredMessage {
    const interaction = this.#answered(token);
    if (interaction.original === undefined) throw FAULTS.unknownMessage();
    return this.#settle(interaction, interaction.original, body, uploads);
  }

  /** POST /webhooks/{application}/{token}: settles an open promise, otherwise a new message. */
  followUp(token: string, body: Json, uploads: readonly Upload[]): StoredMessage {
    const interaction = this.#answered(token);
    if (
      interaction.original !== undefined &&
      (interaction.original.flags & MESSAGE_FLAGS.loading) !== 0
    ) {
      return this.#settle(interaction, interaction.original, body, uploads);
    }
    const message = this.#post(interaction, body, uploads);
    interaction.shown.push(message);
    return message;
  }

  original(token: string): StoredMessage {
    const { original } = this.#answered(token);
    if (original === undefined) throw FAULTS.unknownMessage();
    return original;
  }

  #first(interaction: Interaction, type: number, data: Json, uploads: readonly Upload[]): void {
    const { channel, user, source } = interaction;
    if (type === CALLBACK.choices) {
      refuse(suggestionProblems(data, interaction.isText));
      interaction.choices = listOf(data.choices).map((each) => recordOf(each));
    } else if (type === CALLBACK.modal) {
      refuse(modalProblems(data));
      interaction.modal = data;
    } else if (type === CALLBACK.answer) {
      interaction.original = this.#post(interaction, data, uploads, "data.");
      interaction.shown.push(interaction.original);
    } else if (type === CALLBACK.deferredAnswer) {
      const flags = (numberOf(data.flags) ?? 0) & MESSAGE_FLAGS.ephemeral;
      interaction.original = this.#world.place({
        channel,
        author: this.#world.application,
        flags: flags | MESSAGE_FLAGS.loading,
        ...(flags !== 0 && { seenBy: user }),
      });
    } else if (source !== undefined) {
      interaction.original = source;
      if (type === CALLBACK.update)
        interaction.shown.push(this.#world.edit(source, data, uploads, true, "data."));
    }
  }

  #settle(
    interaction: Interaction,
    message: StoredMessage,
    body: Json,
    uploads: readonly Upload[],
  ): StoredMessage {
    this.#world.edit(message, body, uploads, true);
    interaction.shown.push(message);
    return message;
  }

  #post(
    { channel, user }: Interaction,
    body: Json,
    uploads: readonly Upload[],
    prefix = "",
  ): StoredMessage {
    const isEphemeral = ((numberOf(body.flags) ?? 0) & MESSAGE_FLAGS.ephemeral) !== 0;
    return this.#world.post(body, uploads, {
      channel,
      isInteraction: true,
      prefix,
      ...(isEphemeral && { seenBy: user }),
    });
  }

  #answered(token: string): Interaction {
    const interaction = this.#byToken.get(token);
    if (interaction === undefined || this.#world.now() - interaction.createdAt > TOKEN_LIFE_MS)
      throw FAULTS.invalidWebhookToken();
    if (interaction.first === undefined) throw FAULTS.unknownWebhook();
    return interaction;
  }
}
