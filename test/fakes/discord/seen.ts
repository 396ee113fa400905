import { componentsOf, textsOf } from "./component-rules.ts";
import { listOf, numberOf, recordOf, textOf } from "./json.ts";
import { MESSAGE_FLAGS } from "./message-rules.ts";
import type { StoredMessage } from "./world.ts";

/** A message as the person in front of it sees it. */
export interface Seen {
  readonly id: string;
  readonly author: string;
  readonly text: string;
  readonly isEphemeral: boolean;
  readonly accent: number | undefined;
  readonly buttons: readonly {
    readonly label: string;
    readonly customId?: string;
    readonly url?: string;
  }[];
  readonly menus: readonly {
    readonly customId: string;
    readonly placeholder: string;
    readonly options: readonly { readonly label: string; readonly value: string }[];
  }[];
  readonly pictures: readonly { readonly altText: string; readonly bytes: Buffer }[];
  /** Files on show, with their content. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** The message this one answers. */
  readonly answers: string | undefined;
  readonly isEdited: boolean;
  readonly stored: StoredMessage;
}

export function seenMessage(stored: StoredMessage): Seen {
  const { components } = stored;
  const attached = (url: string | undefined) =>
    stored.attachments.find(({ filename }) => url === `attachment://${filename}`);
  return {
    id: stored.id,
    author: stored.author.username,
    text: [stored.content, ...textsOf(components)].filter((text) => text !== "").join("\n"),
    isEphemeral: (stored.flags & MESSAGE_FLAGS.ephemeral) !== 0,
    accent: numberOf(componentsOf(components, "container")[0]?.accent_color),
    buttons: componentsOf(components, "button").map(({ label, custom_id, url }) => ({
      label: textOf(label) ?? "",
      ...(typeof custom_id === "string" && { customId: custom_id }),
      ...(typeof url === "string" && { url }),
    })),
    menus: componentsOf(components, "select").map(({ custom_id, placeholder, options }) => ({
      customId: textOf(custom_id) ?? "",
      placeholder: textOf(placeholder) ?? "",
      options: listOf(options).map((each) => ({
        label: textOf(recordOf(each).label) ?? "",
        value: textOf(recordOf(each).value) ?? "",
      })),
    })),
    pictures: componentsOf(components, "gallery").flatMap(({ items }) =>
      listOf(items).map((each) => {
        const { media, description } = recordOf(each);
        return {
          altText: textOf(description) ?? "",
          bytes: attached(textOf(recordOf(media).url))?.data ?? Buffer.alloc(0),
        };
      }),
    ),
    files: componentsOf(components, "file").flatMap(({ file }) => {
      const found = attached(textOf(recordOf(file).url));
      return found ? [{ name: found.filename, text: found.data.toString() }] : [];
    }),
    answers: stored.answers,
    isEdited: stored.editedAt !== undefined,
    stored,
  };
}
