/** A campaign owns letters, templates, counts and addresses. Its sentences stand in its own file. */
export interface Campaign {
  readonly id: string;
  /** "Free Tibet": who runs it, said on pages and in mails. */
  readonly organisation: string;
  readonly title: string;
  readonly links: {
    readonly petition: string;
    readonly fund: string;
    readonly reading: string;
    readonly organisation: string;
  };
}
