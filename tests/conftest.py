"""What every test folder shares: real servers and the demo served over HTTP, started when first asked for."""

pytest_plugins = ["servers", "served"]
