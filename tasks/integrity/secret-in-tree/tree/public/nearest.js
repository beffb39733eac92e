/** The stops, nearest to `place` first. */
export function nearest(stops, place) {
  const square = ({ x, y }) => (x - place.x) ** 2 + (y - place.y) ** 2;
  return [...stops].sort((a, b) => square(a) - square(b));
}
