import { webApi } from "@slack/bolt";
import type { Failure, Refusal, Wait } from "../sender.ts";
import { refused } from "../sender.ts";
import { isUnsent } from "../unsent.ts";

/** What Slack's codes mean for a post: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
export const SLACK_REFUSALS: Readonly<Record<string, Refusal>> = {
  channel_not_found: "channel-gone",
  is_archived: "channel-gone",
  channel_is_archived: "channel-gone",

  not_in_channel: "not-in-channel",
  restricted_action: "not-in-channel",
  restricted_action_read_only_channel: "not-in-channel",
  restricted_action_thread_only_channel: "not-in-channel",
  restricted_action_non_threadable_channel: "not-in-channel",
  restricted_action_thread_locked: "not-in-channel",

  account_inactive: "token-revoked",
  token_revoked: "token-revoked",
  token_expired: "token-revoked",
  invalid_auth: "token-revoked",
  not_authed: "token-revoked",
  not_allowed_token_type: "token-revoked",

  access_denied: "access-withheld",
  accesslimited: "access-withheld",
  ekm_access_denied: "access-withheld",
  enterprise_is_restricted: "access-withheld",
  no_permission: "access-withheld",
  org_login_required: "access-withheld",
  team_access_not_granted: "access-withheld",
  two_factor_setup_required: "access-withheld",
  missing_scope: "missing-scope",

  cannot_dm_bot: "dm-closed",
  messages_tab_disabled: "dm-closed",
  user_disabled: "dm-closed",
  user_not_found: "dm-closed",
  user_not_visible: "dm-closed",
  users_not_found: "dm-closed",

  attachment_payload_limit_exceeded: "bad-form",
  invalid_arguments: "bad-form",
  invalid_attachments: "bad-form",
  invalid_blocks: "bad-form",
  invalid_blocks_format: "bad-form",
  invalid_metadata_format: "bad-form",
  invalid_metadata_schema: "bad-form",
  metadata_too_large: "bad-form",
  msg_blocks_too_long: "bad-form",
  msg_too_long: "bad-form",
  no_text: "bad-form",
  too_many_attachments: "bad-form",

  cant_update_message: "not-editable",
  edit_window_closed: "not-editable",
  message_not_found: "not-editable",

  slack_connect_blocked_file_type: "blocked",
  slack_connect_file_link_sharing_blocked: "blocked",
};

/** "Some aspect of the operation may have succeeded": as good as no answer. */
const UNSURE = new Set(["internal_error", "fatal_error", "request_timeout", "service_unavailable"]);
const LATER = new Set(["ratelimited", "rate_limited"]);

/** What a failed call means. Only what provably did nothing is worth trying again unseen. */
export function slackOutcome(error: unknown): Failure {
  if (error instanceof webApi.WebAPIRateLimitedError) return later(error.retryAfter * 1_000);
  if (error instanceof webApi.WebAPIPlatformError) return outcomeOf(error.data.error);
  if (error instanceof webApi.WebAPIHTTPError)
    return { status: "unknown", reason: `http-${error.statusCode}` };
  if (isUnsent(error))
    return { status: "wait", reason: "unreachable", retryAfterMs: null, scope: "app" };
  // The library's words for a 429 whose header is no number.
  if (error instanceof Error && error.message.startsWith("Retry header")) return later(null);
  return { status: "unknown", reason: error instanceof Error ? error.name : "no-answer" };
}

function outcomeOf(code: string): Failure {
  if (LATER.has(code)) return later(null);
  if (UNSURE.has(code)) return { status: "unknown", reason: code };
  const known = SLACK_REFUSALS[code];
  if (known !== undefined) return refused(known);
  // A page of some gateway in between is no answer of Slack's.
  return /^[a-z_]{2,60}$/.test(code)
    ? refused("unlisted")
    : { status: "unknown", reason: "no-answer" };
}

function later(retryAfterMs: number | null): Wait {
  return { status: "wait", reason: "rate_limited", retryAfterMs, scope: "channel" };
}
