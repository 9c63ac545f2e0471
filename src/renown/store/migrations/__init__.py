"""The steps a database goes through from one version of Renown to the next; run when a store opens."""
