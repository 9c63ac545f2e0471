// GraphQL Yoga with graphql-jit. BENCH_ANSWERS_KEPT=1 adds its own response cache.
import { createServer } from 'node:http';
import { useGraphQlJit } from '@envelop/graphql-jit';
import { createInMemoryCache, useResponseCache } from '@graphql-yoga/plugin-response-cache';
import { createSchema, createYoga } from 'graphql-yoga';
import { resolvers, typeDefs } from './schema.mjs';

const plugins = [useGraphQlJit()];
if (process.env.BENCH_ANSWERS_KEPT === '1') {
  const cache = createInMemoryCache({ max: 10_000 });
  plugins.push(useResponseCache({ session: () => null, ttl: 600_000, idFields: [], cache }));
}
const yoga = createYoga({ schema: createSchema({ typeDefs, resolvers }), plugins, logging: false, graphiql: false });
createServer(yoga).listen(Number(process.env.PORT), '127.0.0.1');
