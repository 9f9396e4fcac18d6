/** Where practice mode says that somebody can be reached. RFC 2606 keeps `.example` for nobody, so that practice can never reach a council. */
export function practiceAddress(id: string): string {
  return `${id.replaceAll(':', '-').toLowerCase()}@practice.example`;
}
