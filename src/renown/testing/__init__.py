"""What the author of a provider imports to test it: the same suite that every shipped provider passes.

Needs pytest, which is not among the dependencies of `renown`: install `renown[test]`, or pytest beside `renown`.
How to use it: docs/testing-a-provider.md.
"""

import pytest

# So that a fact that fails is shown with its values. It must be said before the modules are imported.
pytest.register_assert_rewrite("renown.testing.contract", "renown.testing.facts")

from renown.testing.contract import ProviderContract  # noqa: E402 - see above
from renown.testing.recorded import Recorded  # noqa: E402 - see above

__all__ = ["ProviderContract", "Recorded"]
