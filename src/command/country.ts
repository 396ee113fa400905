export { countryCode, countryNamed } from "../market/country.ts";
