/**
 * Splits an amount of minor units by weight so that the shares add up to it exactly: each is rounded down, and what is
 * left goes, a unit each, to those that lost most (the first of equals). Nobody to share with: all shares are 0.
 */
export function sharePrice(amount: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  if (all === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (amount * weight) / all);
  const shares = exact.map(Math.floor);
  const left = amount - shares.reduce((sum, share) => sum + share, 0);
  const losers = exact
    .map((share, place) => ({ place, lost: share - Math.floor(share) }))
    .toSorted((a, b) => b.lost - a.lost || a.place - b.place)
    .slice(0, left);
  for (const { place } of losers) shares[place] = (shares[place] ?? 0) + 1;
  return shares;
}
