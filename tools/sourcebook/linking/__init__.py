"""What answers say of links: verdicts, the ledger that remembers them, and what is done about dead ones."""
