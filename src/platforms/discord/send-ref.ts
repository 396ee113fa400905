import { ComponentType } from "discord.js";
import { visibleRef } from "../sender.ts";
import type { Container } from "./component.ts";
import { textDisplay } from "./component.ts";
import type { Outgoing } from "./outgoing.ts";

/** What a post of ours is known by among the messages of a channel: `mp·cr1BARw2`. */
export function refOf(providerKey: string): string {
  return `mp·${visibleRef(providerKey)}`;
}

/** The message with our reference in its last words, where a look finds it again. */
export function withRef({ message, uploads }: Outgoing, providerKey: string): Outgoing {
  const [container, ...rest] = message.components;
  if (container === undefined) return { message, uploads };
  const components = [withLine(container, `-# ${refOf(providerKey)}`), ...rest];
  return { message: { ...message, components }, uploads };
}

/** One more line of small print; the renderer keeps room for it. */
function withLine(container: Container, line: string): Container {
  const parts = container.components;
  const last = parts.findLastIndex(({ type }) => type === ComponentType.TextDisplay);
  const foot = parts[last];
  if (foot?.type !== ComponentType.TextDisplay)
    return { ...container, components: [...parts, textDisplay(line)] };
  return { ...container, components: parts.with(last, textDisplay(`${foot.content}\n${line}`)) };
}
