"""What every test folder shares: real servers, started when first asked for."""

pytest_plugins = ["servers"]
