"""A small internet that means no good, on loopback: servers, names and certificates, and what each address is."""
