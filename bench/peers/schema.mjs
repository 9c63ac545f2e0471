// Renown's own schema with the resolvers that the bench's two queries need. Whatever is not resolved here is read from
// the object, as every GraphQL server does by itself.
import { readFileSync } from 'node:fs';
import { GraphQLScalarType } from 'graphql';
import { cursor, entry, position, rank, snapshot } from './ranking.mjs';

export const typeDefs = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');

const held = new Map(JSON.parse(readFileSync(process.env.BENCH_VOICES, 'utf8')).map((voice) => [voice.key, voice]));
// The values are held as JSON carries them already.
const asItIs = (name) => new GraphQLScalarType({ name });

export const resolvers = {
  BigInt: asItIs('BigInt'),
  DateTime: asItIs('DateTime'),
  JSON: asItIs('JSON'),
  URL: asItIs('URL'),
  Query: {
    voice: (_, { account }) => held.get(`${account.network}:${account.handle.toLowerCase()}`),
    ranking(_, { filter, recipe, first, after }) {
      const ranked = rank(filter.topics, filter.country, recipe.weights);
      const start = position(after) + 1;
      const stop = Math.min(start + first, ranked.rows.length);
      const nodes = [];
      for (let at = start; at < stop; at++) nodes.push(entry(ranked, at));
      return {
        totalCount: ranked.rows.length,
        snapshot,
        nodes,
        pageInfo: { hasNextPage: stop < ranked.rows.length, endCursor: cursor(ranked, stop - 1) },
      };
    },
  },
  Provenance: {
    freshness({ frozen, freshUntil }) {
      if (frozen) return 'FROZEN';
      return freshUntil && Date.now() >= Date.parse(freshUntil) ? 'STALE' : 'FRESH';
    },
  },
};
