import type { Post, Sender, Ways } from "../sender.ts";

const AT_ONCE = { everyMs: 1, burst: 1_000 };
const WAYS: Ways = {
  repeatableMs: 0,
  token: "tenant",
  pace: { channel: AT_ONCE, tenant: AT_ONCE, app: AT_ONCE },
};

/**
 * The machine itself as a platform: a post is shown by being kept where the terminal and the playground read it.
 * `announce` may say so to whoever sits there; it is called at most once a try.
 */
export function localSender(announce: (post: Post) => void = () => {}): Sender {
  return {
    platform: "local",
    ways: WAYS,
    async send(post, _reply, { begin }) {
      await begin();
      announce(post);
      return {
        status: "shown",
        receipt: { channel: post.target.id, message: post.postKey, link: null },
      };
    },
    /** What was not written down as shown was not shown. */
    async find() {
      return { status: "absent" };
    },
    /** The corrected words stand in the record; there is no other copy to change. */
    async edit(receipt, _reply, begin) {
      await begin();
      return { status: "shown", receipt };
    },
  };
}
