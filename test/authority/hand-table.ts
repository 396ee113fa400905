/**
 * Written by hand, apart from the code: y allowed, n not allowed, e wrong place, s as the setting says. In each group of
 * four: admin, manager, member, outsider.
 */
const TABLE = `
                            slack-channel  slack-dm  discord-channel  discord-dm
read                        yyyy           yyye      yyyy             yyye
subscribe-self              yyyn           yyyn      yyyn             yyyn
subscribe-channel           yssn           eeen      yssn             eeen
mute-channel-24h            yyyn           eeen      yyyn             eeen
delete-channel              yssn           eeen      yssn             eeen
edit-watch                  yssn           yssn      yssn             yssn
change-settings-me          yyyn           yyyn      yyyn             yyyn
change-settings-channel     yssn           eeen      yssn             eeen
change-settings-workspace   ynnn           ynnn      ynnn             ynnn
privacy-me                  yyyy           yyyy      yyyy             yyyy
view-audit                  ynnn           ynnn      ynnn             ynnn
export-all                  ynnn           ynnn      ynnn             ynnn
delete-all                  ynnn           ynnn      ynnn             ynnn
operate                     nnnn           nnnn      nnnn             nnnn
`;

const [columns, ...lines] = TABLE.trim()
  .split("\n")
  .map((line) => line.trim().split(/\s+/));
/** The letters of the table by act and column: `read slack-dm` is `yyye`. */
export const literal: ReadonlyMap<string, string> = new Map(
  lines.flatMap(([act, ...cells]) =>
    cells.map((cell, index) => [`${act} ${columns![index]}`, cell] as const),
  ),
);
