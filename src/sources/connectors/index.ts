import type { SourceDef } from "../source.ts";
import { ashby } from "./ashby.ts";
import { greenhouse } from "./greenhouse.ts";
import { lever } from "./lever.ts";
import { warnBln } from "./warn-bln.ts";
import { warnRegister } from "./warn-register.ts";
import { warnStates } from "./warn-states.ts";

/** Every place facts come from by themselves or as files of their own shape. */
export const SOURCES: readonly SourceDef[] = [
  ashby,
  greenhouse,
  lever,
  warnBln,
  warnRegister,
  warnStates,
];
