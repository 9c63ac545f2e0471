// Mounts GraphiQL into <main>, which carries the endpoint and the opening query.
// A file of its own, because the page's Content-Security-Policy allows no inline script.
"use strict";

const home = document.getElementById("graphiql");

ReactDOM.createRoot(home).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: home.dataset.endpoint }),
    defaultQuery: home.dataset.query,
  }),
);
