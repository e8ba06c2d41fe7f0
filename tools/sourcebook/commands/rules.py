"""The rules, or the manual of one of them."""

from __future__ import annotations

import argparse

from ..errors import UsageError
from ..rules import all_rules, rules_page


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("rule", nargs="?", help="the rule to tell of")
    parser.add_argument("--format", choices=["markdown", "text"], default="text", help="form of the list")


def run(args: argparse.Namespace) -> int:
    """List the rules with their laws, or print the manual of one."""
    if args.format == "markdown":
        print(rules_page(), end="")
    elif args.rule is None:
        width = max(map(len, all_rules()))
        for rule in all_rules().values():
            print(f"{rule.name:<{width}}  {rule.law}")
    elif args.rule in all_rules():
        print(f"{args.rule}: {all_rules()[args.rule].manual}")
    else:
        raise UsageError(f"there is no rule {args.rule!r}; `sourcebook rules` lists them")
    return 0
