// Mercurius on Fastify with its JIT. BENCH_FASTEST=1 adds the JIT's own serialiser and leaves leaves unchecked;
// BENCH_ANSWERS_KEPT=1 adds mercurius-cache, which keeps what the root fields resolve to.
import Fastify from 'fastify';
import mercurius from 'mercurius';
import cache from 'mercurius-cache';
import { resolvers, typeDefs } from './schema.mjs';

const fastest = process.env.BENCH_FASTEST === '1' && {
  compilerOptions: { customJSONSerializer: true, disableLeafSerialization: true },
};
const app = Fastify({ logger: false });
await app.register(mercurius, { schema: typeDefs, resolvers, jit: 1, ...fastest });
if (process.env.BENCH_ANSWERS_KEPT === '1') {
  const storage = { type: 'memory', options: { size: 10_000 } };
  await app.register(cache, { ttl: 600, storage, policy: { Query: { ranking: true } } });
}
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
