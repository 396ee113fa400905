import type { Sender, SendOutcome } from "../../src/delivery/sender.ts";
import type { Post } from "../../src/stores/records.ts";

/** A platform in a few lines: it shows whatever it is given, unless a test says otherwise. */
export function stubSender(platform: Sender["platform"] = "slack") {
  const sent: Post[] = [];
  let answer = (post: Post): SendOutcome | Promise<SendOutcome> => shownAs(post);
  let dress: (post: Post) => void = () => {};
  const wide = { everyMs: 1, burst: 1_000 };
  const sender: Sender = {
    platform,
    ways: { repeatableMs: 0, token: "tenant", pace: { channel: wide, tenant: wide, app: wide } },
    async send(post, _, { begin }) {
      dress(post);
      await begin();
      sent.push(post);
      return answer(post);
    },
    find: async () => ({ status: "absent" }),
    edit: async (receipt, _, begin) => {
      await begin();
      return { status: "shown", receipt };
    },
  };
  return {
    sender,
    sent,
    keys: (): string[] => sent.map(({ postKey }) => postKey),
    answer: (next: (post: Post) => SendOutcome | Promise<SendOutcome>): void =>
      void (answer = next),
    dress: (next: (post: Post) => void): void => void (dress = next),
  };
}

export function shownAs({ target, postKey }: Post): SendOutcome {
  return { status: "shown", receipt: { channel: target.id, message: postKey, link: null } };
}
