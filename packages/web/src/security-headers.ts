/**
 * What every page and file is sent with. Nothing inline runs and nothing may set markup from text: the pages are built
 * from text nodes, so `trusted-types` without any policy costs them nothing and leaves injected markup no way in.
 */

/** `ws:` and `wss:` because not every browser counts a socket to the same host as 'self'. Pictures of quizzes are anywhere on the web. */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "connect-src 'self' ws: wss:",
  "img-src 'self' https: data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const everywhere = {
  'x-content-type-options': 'nosniff',
  /** A path may hold a room code; whoever serves a quiz's pictures need not know it. */
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** Pages name the files of their own build, so a page is asked for anew each time. */
export const pageHeaders: Readonly<Record<string, string>> = {
  ...everywhere,
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': contentSecurityPolicy,
  'cache-control': 'no-cache',
};

/** `immutable`: the name holds a hash of the content. */
export function fileHeaders(contentType: string, caching: 'immutable' | 'none'): Readonly<Record<string, string>> {
  return {
    ...everywhere,
    'content-type': contentType,
    'content-security-policy': contentSecurityPolicy,
    'cache-control': caching === 'immutable' ? 'public, max-age=31536000, immutable' : 'no-store',
  };
}
