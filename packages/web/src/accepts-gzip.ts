/** `gzip, deflate, br` → true. Browsers name it; `gzip;q=0` is how a client says that it will not have it. */
export function acceptsGzip(acceptEncoding: string): boolean {
  return acceptEncoding.split(',').some((offer) => {
    const [name = '', ...terms] = offer.split(';').map((part) => part.trim().toLowerCase());
    return name === 'gzip' && !terms.some((term) => /^q=0(?:\.0*)?$/.test(term));
  });
}
