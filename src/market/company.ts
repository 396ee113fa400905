export interface Company {
  /** The joined name: the identity everything is counted by. */
  readonly key: string;
  /** How we show it. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** Key of the owner, when there is one. */
  readonly parent: string | null;
}

export type Resolved =
  | { readonly kind: "one"; readonly company: Company }
  | { readonly kind: "many"; readonly candidates: readonly Company[] }
  | { readonly kind: "none"; readonly suggestions: readonly Company[] };

export interface CompanyBook {
  /** The company a source's spelling stands for; unknown names are companies of their own. */
  of(spelling: string): Company;
  byKey(key: string): Company | undefined;
  /** What a person's words mean: exact names and aliases first, then typos as suggestions only. */
  resolve(words: string): Resolved;
  /** The company and everything it owns, itself first. */
  family(key: string): readonly Company[];
  /** At most `limit` companies for what is being typed, most asked-for first. */
  suggest(typed: string, limit: number): readonly Company[];
}
