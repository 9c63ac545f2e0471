// The peers' ranking: the same method as Renown's, over the same columns, in plain JavaScript.
// The percentiles of every column are computed once, when the process starts; what follows is done for each ranking.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export const { snapshot, providers, voices } = JSON.parse(readFileSync(process.env.BENCH_DATA, 'utf8'));

const KEEP = process.env.BENCH_KEEP !== '0';
const MOST_KEPT = 10_000;
const MINIMUM_PROVIDERS = 2;
const UNIT = 1e6;
const GRID = 1e9; // finer than anything shown, coarser than the noise of floating point
const SHIFT = 0.38196601125;

const percentiles = providers.map((_, column) => midRankPercentiles(voices.map((voice) => voice.values[column])));
const kept = new Map();

// The share of all known scores that lies below each, equals counting half, 0-100; NaN where there is no score.
function midRankPercentiles(column) {
  const known = column.filter((value) => value !== null).sort((a, b) => a - b);
  const below = new Map();
  const equal = new Map();
  known.forEach((value, at) => {
    if (!below.has(value)) below.set(value, at);
    equal.set(value, (equal.get(value) ?? 0) + 1);
  });
  return Float64Array.from(column, (value) =>
    value === null ? NaN : (100 * (below.get(value) + equal.get(value) / 2)) / known.length);
}

// Rows, values and places of everybody who matches, best first.
export function rank(topics, country, weights) {
  const key = JSON.stringify([topics, country, weights]);
  let ranked = KEEP ? kept.get(key) : undefined;
  if (!ranked) {
    ranked = computed(topics ?? [], country ?? null, weights);
    if (KEEP) {
      if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value);
      kept.set(key, ranked);
    }
  }
  return ranked;
}

function computed(topics, country, given) {
  const weights = new Float64Array(providers.length);
  for (const { provider, weight } of given) weights[providers.findIndex(({ slug }) => slug === provider)] = weight;
  const rows = [];
  const values = new Float64Array(voices.length);
  voices.forEach((voice, row) => {
    if (country !== null && voice.country !== country) return;
    if (topics.length && !topics.some((topic) => voice.topics.includes(topic))) return;
    const total = say(row, weights);
    let value = 0;
    let answered = 0;
    for (let column = 0; column < weights.length; column++) {
      if (weights[column] > 0 && !Number.isNaN(percentiles[column][row])) {
        value += percentiles[column][row] * (weights[column] / total);
        answered++;
      }
    }
    if (answered < MINIMUM_PROVIDERS) return;
    values[row] = value;
    rows.push(row);
  });
  const keys = values.map((value) => Math.floor(value * GRID + SHIFT));
  rows.sort((a, b) => keys[b] - keys[a] || a - b);
  const places = new Int32Array(rows.length);
  rows.forEach((row, at) => {
    places[at] = at && keys[row] === keys[rows[at - 1]] ? places[at - 1] : at + 1;
  });
  const canonical = JSON.stringify({ combiner: 'MEAN', normaliser: 'PERCENTILE', reference: 'POPULATION', weights: given });
  const recipe = createHash('sha256').update(canonical).digest('hex');
  return { rows, values, places, weights, whole: weights.reduce((sum, weight) => sum + weight, 0), recipe };
}

// The weight of all who answered for a row.
function say(row, weights) {
  let total = 0;
  for (let column = 0; column < weights.length; column++) {
    if (!Number.isNaN(percentiles[column][row])) total += weights[column];
  }
  return total;
}

// One entry of a page, as the schema shows it.
export function entry({ rows, values, places, weights, whole, recipe }, at) {
  const row = rows[at];
  const voice = voices[row];
  const value = Math.round(values[row] * UNIT) / UNIT;
  const total = say(row, weights);
  return {
    place: places[at],
    voice,
    composite: {
      id: encode(`Claim:composite~${snapshot}~${recipe.slice(0, 16)}~~${voice.key}~${value}`),
      value,
      coverage: Math.round((total / whole) * UNIT) / UNIT,
      contributions: contributions(row, voice, weights, total, value),
    },
  };
}

// Points are whole millionths that add up to the value: rounded down, the rest to the largest remainders.
function contributions(row, voice, weights, total, value) {
  const parts = providers.map((provider, column) => {
    const has = !Number.isNaN(percentiles[column][row]);
    const exact = has ? percentiles[column][row] * (weights[column] / total) * UNIT : 0;
    return { provider, weight: has ? weights[column] / total : null, points: Math.floor(exact), score: voice.scores[column], exact };
  });
  const missing = Math.round(value * UNIT) - parts.reduce((sum, part) => sum + part.points, 0);
  const largestFirst = parts.filter((part) => part.weight > 0).sort((a, b) => a.points - a.exact - (b.points - b.exact));
  for (let at = 0; at < missing; at++) largestFirst[at].points++;
  for (const part of parts) part.points /= UNIT;
  return parts;
}

export const encode = (text) => Buffer.from(text).toString('base64url');
export const cursor = ({ recipe }, at) => encode(JSON.stringify([snapshot, recipe.slice(0, 8), at]));
export const position = (text) => (text ? JSON.parse(Buffer.from(text, 'base64url'))[2] : -1);
