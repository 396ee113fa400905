/**
 * Names the tz database keeps beside the ones `Intl.supportedValuesOf("timeZone")` lists: newer spellings
 * (Asia/Kolkata) and old ones (US/Eastern). People type both, so both are read, and kept as they are written here.
 */
export const LINKED_ZONES: readonly string[] = [
  "Africa/Asmara Africa/Timbuktu America/Argentina/Buenos_Aires America/Argentina/Catamarca",
  "America/Argentina/ComodRivadavia America/Argentina/Cordoba America/Argentina/Jujuy",
  "America/Argentina/Mendoza America/Atikokan America/Atka America/Ensenada America/Fort_Wayne",
  "America/Indiana/Indianapolis America/Kentucky/Louisville America/Knox_IN America/Montreal",
  "America/Nipigon America/Nuuk America/Pangnirtung America/Porto_Acre America/Rainy_River",
  "America/Rosario America/Santa_Isabel America/Shiprock America/Thunder_Bay America/Virgin",
  "America/Yellowknife Antarctica/South_Pole Asia/Ashkhabad Asia/Choibalsan Asia/Chongqing",
  "Asia/Chungking Asia/Dacca Asia/Harbin Asia/Ho_Chi_Minh Asia/Istanbul Asia/Kashgar",
  "Asia/Kathmandu Asia/Kolkata Asia/Macao Asia/Tel_Aviv Asia/Thimbu Asia/Ujung_Pandang",
  "Asia/Ulan_Bator Asia/Yangon Atlantic/Faroe Atlantic/Jan_Mayen Australia/ACT Australia/Canberra",
  "Australia/Currie Australia/LHI Australia/NSW Australia/North Australia/Queensland",
  "Australia/South Australia/Tasmania Australia/Victoria Australia/West Australia/Yancowinna",
  "Brazil/Acre Brazil/DeNoronha Brazil/East Brazil/West CET CST6CDT Canada/Atlantic Canada/Central",
  "Canada/Eastern Canada/Mountain Canada/Newfoundland Canada/Pacific Canada/Saskatchewan",
  "Canada/Yukon Chile/Continental Chile/EasterIsland Cuba EET EST5EDT Egypt Eire Etc/GMT",
  "Etc/GMT+0 Etc/GMT+1 Etc/GMT+2 Etc/GMT+3 Etc/GMT+4 Etc/GMT+5 Etc/GMT+6 Etc/GMT+7 Etc/GMT+8",
  "Etc/GMT+9 Etc/GMT+10 Etc/GMT+11 Etc/GMT+12 Etc/GMT-0 Etc/GMT-1 Etc/GMT-2 Etc/GMT-3 Etc/GMT-4",
  "Etc/GMT-5 Etc/GMT-6 Etc/GMT-7 Etc/GMT-8 Etc/GMT-9 Etc/GMT-10 Etc/GMT-11 Etc/GMT-12 Etc/GMT-13",
  "Etc/GMT-14 Etc/GMT0 Etc/Greenwich Etc/UCT Etc/UTC Etc/Universal Etc/Zulu Europe/Belfast",
  "Europe/Kyiv Europe/Nicosia Europe/Tiraspol Europe/Uzhgorod Europe/Zaporozhye GB GB-Eire GMT",
  "GMT+0 GMT-0 GMT0 Greenwich HST Hongkong Iceland Iran Israel Jamaica Japan Kwajalein Libya MET",
  "MST7MDT Mexico/BajaNorte Mexico/BajaSur Mexico/General NZ NZ-CHAT Navajo PRC PST8PDT",
  "Pacific/Chuuk Pacific/Johnston Pacific/Kanton Pacific/Pohnpei Pacific/Samoa Pacific/Yap Poland",
  "Portugal ROC ROK Singapore Turkey UCT US/Alaska US/Aleutian US/Arizona US/Central",
  "US/East-Indiana US/Eastern US/Hawaii US/Indiana-Starke US/Michigan US/Mountain US/Pacific",
  "US/Samoa UTC Universal W-SU WET Zulu",
].flatMap((line) => line.split(" "));

/** Abbreviations that more than one place uses, or that name half a year only: whose they may be, likeliest first. */
export const ABBREVIATIONS: ReadonlyMap<
  string,
  readonly (readonly [place: string, zone: string])[]
> = new Map([
  [
    "est",
    [
      ["New York", "America/New_York"],
      ["Panama", "America/Panama"],
      ["Sydney", "Australia/Sydney"],
    ],
  ],
  ["edt", [["New York", "America/New_York"]]],
  ["et", [["New York", "America/New_York"]]],
  [
    "cst",
    [
      ["Chicago", "America/Chicago"],
      ["China", "Asia/Shanghai"],
      ["Cuba", "America/Havana"],
    ],
  ],
  [
    "cdt",
    [
      ["Chicago", "America/Chicago"],
      ["Cuba", "America/Havana"],
    ],
  ],
  ["ct", [["Chicago", "America/Chicago"]]],
  [
    "mst",
    [
      ["Denver", "America/Denver"],
      ["Arizona", "America/Phoenix"],
      ["Malaysia", "Asia/Kuala_Lumpur"],
    ],
  ],
  ["mdt", [["Denver", "America/Denver"]]],
  ["mt", [["Denver", "America/Denver"]]],
  [
    "pst",
    [
      ["Los Angeles", "America/Los_Angeles"],
      ["Philippines", "Asia/Manila"],
    ],
  ],
  ["pdt", [["Los Angeles", "America/Los_Angeles"]]],
  [
    "pt",
    [
      ["Los Angeles", "America/Los_Angeles"],
      ["Portugal", "Europe/Lisbon"],
    ],
  ],
  [
    "ast",
    [
      ["Halifax", "America/Halifax"],
      ["Arabia", "Asia/Riyadh"],
    ],
  ],
  ["adt", [["Halifax", "America/Halifax"]]],
  [
    "ist",
    [
      ["India", "Asia/Kolkata"],
      ["Israel", "Asia/Jerusalem"],
      ["Ireland", "Europe/Dublin"],
    ],
  ],
  [
    "bst",
    [
      ["London", "Europe/London"],
      ["Bangladesh", "Asia/Dhaka"],
      ["Bougainville", "Pacific/Bougainville"],
    ],
  ],
  [
    "gst",
    [
      ["Gulf", "Asia/Dubai"],
      ["South Georgia", "Atlantic/South_Georgia"],
    ],
  ],
  [
    "sst",
    [
      ["Samoa", "Pacific/Pago_Pago"],
      ["Singapore", "Asia/Singapore"],
    ],
  ],
  [
    "amt",
    [
      ["Manaus", "America/Manaus"],
      ["Armenia", "Asia/Yerevan"],
    ],
  ],
  [
    "ect",
    [
      ["Ecuador", "America/Guayaquil"],
      ["central Europe", "Europe/Paris"],
    ],
  ],
  [
    "cest",
    [
      ["Berlin", "Europe/Berlin"],
      ["Paris", "Europe/Paris"],
    ],
  ],
  [
    "eest",
    [
      ["Athens", "Europe/Athens"],
      ["Helsinki", "Europe/Helsinki"],
    ],
  ],
  ["west", [["Lisbon", "Europe/Lisbon"]]],
  ["msk", [["Moscow", "Europe/Moscow"]]],
  ["jst", [["Japan", "Asia/Tokyo"]]],
  ["kst", [["Korea", "Asia/Seoul"]]],
  ["hkt", [["Hong Kong", "Asia/Hong_Kong"]]],
  ["sgt", [["Singapore", "Asia/Singapore"]]],
  ["wib", [["Jakarta", "Asia/Jakarta"]]],
  ["pkt", [["Pakistan", "Asia/Karachi"]]],
  [
    "aest",
    [
      ["Sydney", "Australia/Sydney"],
      ["Brisbane", "Australia/Brisbane"],
    ],
  ],
  ["aedt", [["Sydney", "Australia/Sydney"]]],
  [
    "acst",
    [
      ["Darwin", "Australia/Darwin"],
      ["Adelaide", "Australia/Adelaide"],
    ],
  ],
  ["awst", [["Perth", "Australia/Perth"]]],
  ["nzst", [["Auckland", "Pacific/Auckland"]]],
  ["nzdt", [["Auckland", "Pacific/Auckland"]]],
  ["brt", [["São Paulo", "America/Sao_Paulo"]]],
  ["art", [["Buenos Aires", "America/Argentina/Buenos_Aires"]]],
  ["sast", [["Johannesburg", "Africa/Johannesburg"]]],
  ["wat", [["Lagos", "Africa/Lagos"]]],
  ["cat", [["Harare", "Africa/Harare"]]],
  ["eat", [["Nairobi", "Africa/Nairobi"]]],
]);
