/** What people call an industry, by the tracker's own name for it. */
export const SPOKEN_SECTORS: Readonly<Record<string, string>> = {
  fintech: "Finance",
  banking: "Finance",
  health: "Healthcare",
  ecommerce: "Retail",
  "e-commerce": "Retail",
  cybersecurity: "Security",
  edtech: "Education",
  proptech: "Real Estate",
  cryptocurrency: "Crypto",
  games: "Consumer",
  mobility: "Transportation",
};

/** The same for a funding stage. */
export const SPOKEN_STAGES: Readonly<Record<string, string>> = {
  ipo: "Post-IPO",
  public: "Post-IPO",
  listed: "Post-IPO",
  pe: "Private Equity",
};
