"""The command line: a thin face. Standard output is data, standard error is talk; exit 0, 1 or 2."""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from . import __version__, commands
from .errors import UsageError


def run_alone() -> NoReturn:
    """Run the command line as a process of its own, which ends with it.

    Nothing here makes rubbish in circles, and the system takes the memory back faster than the interpreter does: a
    tenth of the time of a check in which one page has changed.
    """
    gc.disable()
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; answers the exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    args = make_parser(given[:1]).parse_args(given)
    try:
        code: int = args.run(args)
        sys.stdout.flush()
    except UsageError as error:
        print(f"sourcebook: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader went away (`| head`); nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def make_parser(first: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The command line, made of the files in `commands`.

    If the first word on it names a command, only that one is loaded: what `check` needs is a small part of all.
    """
    parser = argparse.ArgumentParser(prog="sourcebook", description="Every claim carries a reference.")
    parser.add_argument("--version", action="version", version=f"sourcebook {__version__}")
    added = parser.add_subparsers(required=True, metavar="COMMAND")
    names = sorted(module.name for module in pkgutil.iter_modules(commands.__path__))
    for name in [name for name in names if name.rstrip("_") in first] or names:
        module = importlib.import_module(f"{commands.__name__}.{name}")
        help_ = (module.__doc__ or "").splitlines()[0]
        # A file whose name would be a word of Python ends with a stroke, which the command has not.
        command = added.add_parser(name.rstrip("_"), help=help_, description=help_)
        command.add_argument(
            "--root", type=Path, default=Path(), metavar="DIR", help="the library (default: here)"
        )
        module.add_options(command)
        command.set_defaults(run=module.run)
    return parser


if __name__ == "__main__":
    run_alone()
