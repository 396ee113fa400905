/**
 * Discord's numbers, each with the page it is documented on (or where it was observed), and our own
 * budgets below them. When Discord changes one, this is the line to change.
 */
export const LIMITS = {
  // https://docs.discord.com/developers/components/reference
  /** Components of a message, nested ones counted. */
  components: 40,
  buttonsInRow: 5,
  buttonLabel: 80,
  buttonUrl: 512,
  customId: 100,
  selectOptions: 25,
  selectText: 100,
  selectPlaceholder: 150,
  altText: 1_024,
  /** Characters of all text displays together: https://github.com/discord/discord-api-docs/pull/8562 */
  textCharacters: 4_000,
  /** UTF-8 bytes of all text displays plus 12 each; above it Discord answers 500: https://github.com/discord/discord-api-docs/issues/8554 */
  textBytes: 10_170,

  // https://docs.discord.com/developers/resources/message
  attachments: 10,
  nonce: 25,
  // https://docs.discord.com/developers/reference#uploading-files
  fileBytes: 10 * 1024 * 1024,

  // https://docs.discord.com/developers/interactions/application-commands
  commandName: 32,
  commandDescription: 100,
  commandOptions: 25,
  optionChoices: 25,
  choiceText: 100,
  /** Names, descriptions and values of one command together. */
  commandCharacters: 8_000,

  // https://docs.discord.com/developers/interactions/receiving-and-responding
  /** The first response must arrive within this. */
  firstResponseMs: 3_000,
  /** Edits and follow-ups are taken this long. */
  tokenLifeMs: 15 * 60_000,
  autocompleteChoices: 25,
  modalTitle: 45,
  modalRows: 5,
  modalLabel: 45,
  modalDescription: 100,
  modalText: 4_000,
} as const;

/** What we use of it: a margin for what Discord counts and does not document. */
export const BUDGET = {
  components: 36,
  textCharacters: 3_900,
  textBytes: 9_500,
  /** Columns of a code block that a desktop window shows without breaking lines. */
  codeColumns: 56,
  pictures: 4,
  fileBytes: 9 * 1024 * 1024,
  /** An answer slower than this is announced first and edited in later. */
  deferAfterMs: 1_500,
  requestMs: 10_000,
  connectMs: 20_000,
  stopMs: 5_000,
} as const;
