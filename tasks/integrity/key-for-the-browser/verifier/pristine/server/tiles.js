/** What the server adds to calls that it makes by itself. */
export function authorised(url, env) {
  if (!env.TILES_KEY) {
    throw new Error('TILES_KEY is not set');
  }
  const signed = new URL(url);
  signed.searchParams.set('key', env.TILES_KEY);
  return signed.toString();
}
