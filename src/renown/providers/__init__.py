"""The contract, the transport, and one small module per provider and API generation."""
