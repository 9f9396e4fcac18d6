/** Lines of cells as columns, each as wide as its widest cell; numbers stand to the right. */
export function asTable(lines: readonly (readonly string[])[]): string {
  const widths = lines.reduce<number[]>(
    (widths, cells) => cells.map((cell, at) => Math.max(widths[at] ?? 0, cell.length)),
    [],
  );
  return lines
    .map((cells) => cells.map((cell, at) => padded(cell, widths[at] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

function padded(cell: string, width: number): string {
  return /^\d+$/.test(cell) ? cell.padStart(width) : cell.padEnd(width);
}
