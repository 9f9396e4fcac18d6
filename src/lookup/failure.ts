/** Three words for failure, because three different things happen next. No detail holds a postcode or a query. */
export type LookupFailure =
  /** 404; `body` is its JSON, or null where it was none. What it means is the upstream's own affair. */
  | { readonly kind: 'not-found'; readonly body: unknown }
  /** No answer, or asked to come back: worth another try. */
  | { readonly kind: 'unavailable'; readonly detail: string }
  /** An answer we do not understand: trying again will not help. */
  | { readonly kind: 'unreadable'; readonly detail: string };
