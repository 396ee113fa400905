/**
 * Slack's numbers, each with the page it comes from. Where copies of the documentation disagree, the
 * smaller one stands here.
 */
export const LIMITS = {
  // https://docs.slack.dev/reference/block-kit/blocks/header-block
  header: 150,
  // https://docs.slack.dev/reference/block-kit/blocks/section-block
  sectionText: 3_000,
  fields: 10,
  fieldText: 2_000,
  // https://docs.slack.dev/reference/block-kit/blocks/actions-block
  actions: 25,
  // https://docs.slack.dev/reference/block-kit/block-elements/button-element
  buttonText: 75,
  buttonValue: 2_000,
  buttonUrl: 3_000,
  // https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
  placeholder: 150,
  options: 100,
  // https://docs.slack.dev/reference/block-kit/composition-objects/option-object
  optionText: 75,
  optionValue: 150,
  // https://docs.slack.dev/reference/block-kit/blocks/image-block
  imageAlt: 2_000,
  // https://docs.slack.dev/reference/views/modal-views
  viewTitle: 24,
  viewBlocks: 100,
  viewMetadata: 3_000,
  // https://docs.slack.dev/reference/block-kit/blocks/input-block
  inputLabel: 2_000,
  inputValue: 3_000,
  /** Not documented; a short sentence is what fits below a field. */
  inputError: 150,
  // https://docs.slack.dev/interactivity/handling-user-interaction: an answer is awaited for three seconds.
  acknowledgeMs: 2_000,
  // https://docs.slack.dev/reference/methods/files.getUploadURLExternal
  uploadAlt: 1_000,
  // https://docs.slack.dev/reference/block-kit/blocks/data-table-block
  dataTableRows: 100,
  dataTableColumns: 20,
  // https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block; two a message is seen, not documented.
  charts: 2,
  chartTitle: 50,
  chartCategories: 20,
  chartSeries: 6,
  chartLabel: 20,
  chartAxisLabel: 50,
  // https://docs.slack.dev/reference/app-manifest
  commandHint: 1_000,
  commandSummary: 2_000,
  // https://docs.slack.dev/interactivity/handling-user-interaction: a response_url takes five posts in 30 minutes.
  responses: 5,
} as const;

/** What we allow ourselves, a little inside of what Slack takes. */
export const BUDGET = {
  /** 50 a message: https://docs.slack.dev/reference/block-kit/blocks */
  blocks: 45,
  /** About 13,200 over all blocks give `msg_blocks_too_long`: https://github.com/slackapi/bolt-js/issues/2509 */
  characters: 12_000,
  /** The text beside the blocks: notifications show its start, and longer ones are cut unseen. */
  text: 3_900,
  /** Buttons and menus together, so that a long menu never crowds out the answer. */
  controls: 4_000,
  notes: 1_500,
  /** Not documented; the plain `table` block is limited to one a message. */
  dataTables: 2,
  /** All tables of a message together may have 10,000: https://docs.slack.dev/reference/block-kit/blocks/table-block */
  tableCharacters: 9_500,
  /** Columns of monospaced text before a narrow window breaks its lines. */
  codeColumns: 76,
} as const;
