import { newPost } from "../../src/delivery/post.ts";
import type { Plan } from "../../src/delivery/post.ts";
import { reply } from "../../src/reply/reply.ts";
import type { Post, Target } from "../../src/stores/records.ts";

export const NOW = Date.UTC(2026, 0, 5, 9);
export const target: Target = { platform: "slack", tenant: "slack:T1", kind: "channel", id: "C1" };

export function samplePost(more: Partial<Post> = {}, plan: Partial<Plan> = {}): Post {
  const post = newPost({
    postKey: "alert:r1:google:1:opened",
    target,
    kind: "alert",
    reply: reply("Google cuts 12,000"),
    subscription: "r1",
    now: NOW,
    ...plan,
  });
  return { ...post, ...more };
}
