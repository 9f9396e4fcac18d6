/** The ways a copied letter leaves us. Each is counted per council and day, and nothing else about it is kept. */
export const ROUTES = ['copied', 'mail app', 'gmail', 'outlook', 'txt', 'eml', 'printed'] as const;
export type Route = (typeof ROUTES)[number];
