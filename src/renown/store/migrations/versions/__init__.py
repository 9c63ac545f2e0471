"""One module a step, numbered. Each names its tables anew, so that it stays what it was when tables change."""
