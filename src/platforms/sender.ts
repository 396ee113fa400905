/** The port through which delivery shows posts on a platform, for the platforms that implement it. */
export type {
  Attempt,
  Begin,
  Failure,
  Found,
  Receipt,
  Refusal,
  Refused,
  Sender,
  SendOutcome,
  Wait,
  Ways,
} from "../delivery/sender.ts";
export { unsentAfter, refused } from "../delivery/sender.ts";
export { visibleRef } from "../delivery/post-key.ts";
export type { Post } from "../stores/records.ts";
