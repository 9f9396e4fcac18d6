import type { RequestHandler } from 'express';
import helmet from 'helmet';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/**
 * Headers of every answer. Pages may use what we serve ourselves and nothing else: no inline script or style, no third party.
 * Behind TLS browsers are told to stay there.
 */
export function securityHeaders(publicUrl: URL): RequestHandler {
  const tls = publicUrl.protocol === 'https:';
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        ...(tls ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'strict-origin' },
    strictTransportSecurity: tls ? { maxAge: YEAR_SECONDS, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
  });
}

/**
 * For requests that may change something: refuses what another site's page makes a browser send (cross-site request forgery). Browsers say where a request comes from in
 * Sec-Fetch-Site, older ones in Origin; what says neither is not a browser, and has nobody's cookies to abuse.
 * https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
export function sameOriginOnly(publicUrl: URL): RequestHandler {
  return (req, _res, next) => {
    const site = req.get('sec-fetch-site');
    const origin = req.get('origin');
    if (site !== undefined ? SAME.has(site) : origin === undefined || isOurs(origin, req.get('host'), publicUrl))
      return next();
    next(new CrossSiteRequest());
  };
}

const SAME = new Set(['same-origin', 'none']);

/** A form that another site's page sent. */
export class CrossSiteRequest extends Error {
  readonly status = 403;
}

function isOurs(origin: string, host: string | undefined, publicUrl: URL): boolean {
  return origin === publicUrl.origin || (URL.canParse(origin) && new URL(origin).host === host);
}
