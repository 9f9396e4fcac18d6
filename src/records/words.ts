import { z } from 'zod';
import { MAIL_REASONS } from '../domain/mail-reason.ts';
import { TEMPLATE_MISTAKES } from '../domain/template-problem.ts';
import { FORM_ERRORS, PROBLEMS, type Words } from '../domain/words.ts';
import { readYaml } from './yaml-file.ts';

const sentence = z.string().trim().min(1);

/** A sentence for each of a closed list: none missing, none that nobody says. */
const sentences = <Word extends string>(words: readonly Word[]) => z.record(z.enum(words), sentence);

const { name, email, address, postcode, subject, body, consent, to } = FORM_ERRORS;

const WordsFile = z.strictObject({
  offices: z.strictObject({ mp: sentence, council: sentence, councillor: sentence }),
  salutations: z.strictObject({
    mp: sentence,
    unknownMp: sentence,
    council: sentence,
    councillor: sentence,
    several: sentence,
    amongSeveral: sentence,
  }),
  form: z.strictObject({
    name: sentences(name),
    email: sentences(email),
    address: sentences(address),
    postcode: sentences(postcode),
    subject: sentences(subject),
    body: sentences(body),
    consent: sentences(consent),
    to: sentences(to),
  }),
  problems: z.record(z.enum(PROBLEMS), z.strictObject({ title: sentence, detail: sentence })),
  mailReasons: sentences(MAIL_REASONS),
  template: z.strictObject({ mistakes: sentences(TEMPLATE_MISTAKES), likely: sentence }),
});

/** Reads `words.en.yaml` from the folder of data. */
export function readWords(folder: URL): Words {
  return readYaml(new URL('words.en.yaml', folder), WordsFile);
}
