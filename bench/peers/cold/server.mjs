// The cold path on Mercurius with its JIT: the same calls over undici, read into Renown's own schema, normalised and
// averaged. It keeps nothing: no cache, no log of what was said, no digest. PROVIDERS holds the base URLs as JSON.
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import { GraphQLScalarType } from 'graphql';
import mercurius from 'mercurius';
import { Pool } from 'undici';

const bases = JSON.parse(process.env.PROVIDERS);
const pools = Object.fromEntries(
  Object.entries(bases).map(([slug, base]) => [slug, new Pool(new URL(base).origin, { connections: 50 })]),
);
const headers = { accept: 'application/json' };
const FRESH_FOR = 86_400_000;

async function ask(slug, path, params, secrets) {
  const base = new URL(bases[slug]).pathname.replace(/\/$/, '');
  const shown = `${path}?${new URLSearchParams(params)}`.replace(/\?$/, '');
  const query = new URLSearchParams({ ...params, ...secrets });
  const target = `${base}${path}?${query}`;
  const { statusCode, body } = await pools[slug].request({ path: target, method: 'GET', headers });
  if (statusCode !== 200) throw new Error(`${slug} answered ${statusCode}`);
  return { said: await body.json(), source: `${bases[slug]}${shown}` };
}

const metric = (provider, slug, minimum = null, maximum = null) => ({ id: `${provider}.${slug}`, slug, minimum, maximum });
const KLOUT = metric('klout', 'score', 1, 100);
const KRED = metric('kred', 'influence', 1, 1000);
const PEERINDEX = metric('peerindex', 'peerindex', 0, 100);

const rounded = (value) => Math.round(value * 1e6) / 1e6;

function score(handle, provider, of, value, source, adapter, components) {
  const now = new Date();
  const id = `${handle}:${of.id}`;
  const exact = (100 * (value - of.minimum)) / (of.maximum - of.minimum);
  return {
    __typename: 'Score',
    id,
    provider: { id: provider, slug: provider },
    metric: of,
    value,
    normalised: { id: `${id}:normalised`, value: rounded(exact), exact },
    components: components.map(([slug, said]) => ({ id: `${id}:${slug}`, metric: metric(provider, slug), value: said })),
    provenance: {
      source,
      adapter,
      observedAt: now.toISOString(),
      fetchedAt: now.toISOString(),
      freshUntil: new Date(now.getTime() + FRESH_FOR).toISOString(),
      freshness: 'FRESH',
      digest: null,
    },
  };
}

async function klout(handle) {
  const secrets = { key: 'demo-key' };
  const { said } = await ask('klout', '/identity.json/twitter', { screenName: handle }, secrets);
  const { said: about, source } = await ask('klout', `/user.json/${said.id}/score`, {}, secrets);
  const { dayChange, weekChange, monthChange } = about.scoreDelta;
  const changes = [['day_change', dayChange], ['week_change', weekChange], ['month_change', monthChange]];
  return score(handle, 'klout', KLOUT, about.score, source, 'klout-v2@1', changes);
}

async function kred(handle) {
  const params = { term: handle, source: 'twitter' };
  const { said, source } = await ask('kred', '/kredscore', params, { app_id: '0badcafe', app_key: 'demo-key' });
  const row = said.data.find(({ name }) => name.toLowerCase() === handle.toLowerCase());
  return score(handle, 'kred', KRED, row.influence, source, 'kred@1', [['outreach', row.outreach]]);
}

async function peerindex(handle) {
  const params = { twitter_screen_name: handle };
  const { said, source } = await ask('peerindex', '/actor/extended', params, { api_key: 'demo-key' });
  const parts = ['authority', 'activity', 'audience'].map((slug) => [slug, said[slug]]);
  return score(handle, 'peerindex', PEERINDEX, said.peerindex, source, 'peerindex-c@1', parts);
}

const absence = ([slug, reason, message]) => ({
  __typename: 'Absence',
  provider: { id: slug, slug },
  reason,
  message,
  retryAt: null,
});
const ABSENT = [
  ['renown', 'NO_SCORE_YET', 'Renown has not computed a score: it needs followers and listed.'],
  ['klouchebag', 'RETIRED', 'Klouchebag closed for good in June 2013. No published figure of it is held for this voice.'],
  ['tweetlevel', 'NOT_CONFIGURED', 'TweetLevel is never asked. Import its published figures from a file.'],
  ['vouches', 'NO_SCORE_YET', 'Vouches has not computed a score: it needs a vouch.'],
].map(absence);
const FIELDS = ['description', 'country', 'place', ...['followers', 'following', 'listed', 'posts'].map((f) => `accounts.0.${f}`)];
const MISSING = FIELDS.map((field) => ({
  __typename: 'MissingField',
  field,
  reason: 'NOT_ASKED',
  message: `No source that is held gives ${field.split('.').at(-1)}; import one with its citation.`,
}));

function composite(handle, scores) {
  const weight = 1 / scores.length;
  const values = scores.map(({ normalised }) => normalised.exact);
  const points = values.map((value) => weight * value);
  return {
    __typename: 'Composite',
    id: `composite:${handle}`,
    value: rounded(points.reduce((sum, each) => sum + each, 0)),
    interval: { low: Math.min(...values), high: Math.max(...values), kind: 'METHOD' },
    coverage: scores.length / (scores.length + 1),
    agreement: null,
    contributions: scores.map(({ provider }, at) => ({ provider, weight, points: points[at] })),
  };
}

async function voice(_, { account: { network, handle } }) {
  const scores = await Promise.all([klout(handle), kred(handle), peerindex(handle)]);
  const source = "no source gives a name; the account's handle stands in";
  return {
    id: `voice:${handle}`,
    name: { id: `name:${handle}`, value: handle, provenance: { source } },
    accounts: [{ id: `${network}:${handle}`, network, handle, url: `https://twitter.com/${handle}`, followers: null }],
    scores: [...scores, ...ABSENT],
    composite: composite(handle, scores),
    missing: MISSING,
  };
}

const asItIs = (name) => new GraphQLScalarType({ name });
const resolvers = {
  ...Object.fromEntries(['BigInt', 'DateTime', 'JSON', 'URL'].map((name) => [name, asItIs(name)])),
  Query: { voice },
};
const schema = readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8');
const app = Fastify({ logger: false });
await app.register(mercurius, { schema, resolvers, jit: 1 });
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
