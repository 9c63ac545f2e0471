"""What every test folder shares: real servers and the demo served over HTTP, started when first asked for."""

import signal

pytest_plugins = ["haste", "servers", "empty_stores", "served"]

# What a script starts in the background ignores Ctrl-C, and so would each program that a test starts and stops by it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
