"""The one exception type of the package: misuse. Faults of content are findings, bugs are tracebacks."""


class UsageError(Exception):
    """A command or a setting was used wrongly; the command line answers it with exit code 2."""
