/**
 * The fields of one line of the directory's CSV files, quoted or not. Null: a quote that never closes, or that stands in the
 * middle of a field. Smaller and stricter than a general reader, since no field of these files holds a line end.
 */
export function fieldsIn(line: string): readonly string[] | null {
  const fields = line.split(',');
  for (const [at, field] of fields.entries()) {
    const last = field.length - 1;
    const quote = field.indexOf('"');
    if (quote === -1) continue;
    const quoted = quote === 0 && last > 0 && field.indexOf('"', 1) === last;
    if (!quoted) return fieldByField(line);
    fields[at] = field.slice(1, last);
  }
  return fields;
}

/** The same for lines with a comma or a quote inside a field, of which there are few. */
function fieldByField(line: string): readonly string[] | null {
  const fields: string[] = [];
  let at = 0;
  while (at <= line.length) {
    const end = line[at] === '"' ? closing(line, at) : plainEnd(line, at);
    if (end === null) return null;
    fields.push(line[at] === '"' ? line.slice(at + 1, end - 1).replaceAll('""', '"') : line.slice(at, end));
    at = end + 1;
  }
  return fields;
}

function plainEnd(line: string, at: number): number | null {
  const comma = line.indexOf(',', at);
  const end = comma === -1 ? line.length : comma;
  return line.slice(at, end).includes('"') ? null : end;
}

/** Where a quoted field ends, past its last quote. */
function closing(line: string, at: number): number | null {
  let quote = line.indexOf('"', at + 1);
  while (quote !== -1 && line[quote + 1] === '"') quote = line.indexOf('"', quote + 2);
  if (quote === -1) return null;
  const next = line[quote + 1];
  return next === undefined || next === ',' ? quote + 1 : null;
}
