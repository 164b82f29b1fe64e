/** The construct at `path` and those around it, innermost first: `a/b/c`, `a/b`, `a`. */
export function scopesOf(path: string): string[] {
  const ids = path.split('/');
  return ids.map((_, index) => ids.slice(0, ids.length - index).join('/'));
}
