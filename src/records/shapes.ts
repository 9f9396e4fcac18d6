import { z } from 'zod';
import { AUDIENCES } from '../domain/addressee.ts';
import { NATIONS } from '../domain/nation.ts';

export const text = z.string().trim().min(1);
export const nation = z.enum(NATIONS);
export const audience = z.enum(AUDIENCES);
export const webAddress = z.url({ protocol: /^https$/ });
/** Of a council's older system, which may not speak TLS. */
export const anyWebAddress = z.url({ protocol: /^https?$/ });

/** Codes of the Office for National Statistics: a letter for the nation, two digits for the kind, six for the area. */
export const areaCode = z.string().regex(/^[ENSW]\d{8}$/, 'is not an official code');

/**
 * The code of a council: the official one, or, until a new one has got its own, its name with the year in which it begins, such as
 * "east-surrey-2027". No official code looks like it.
 */
export const councilCode = areaCode.or(z.string().regex(/^[a-z]+(-[a-z]+)*-20\d\d$/));

/** Several codes in one cell, with a space between them. */
export const areaCodes = severalOf(areaCode);
export const councilCodes = severalOf(councilCode);

function severalOf<Code extends z.ZodType<string, string>>(code: Code) {
  return z
    .string()
    .transform((cell) => cell.split(' ').filter((one) => one !== ''))
    .pipe(z.array(code));
}

/** Year, month or day: "2022", "2023-02", "2024-01-25". */
export const dated = z
  .string()
  .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, 'is not a year, month or day');
export const day = z.iso.date();
