"""Asking addresses: one client for everything that leaves the machine, and what keeps it polite and safe."""
