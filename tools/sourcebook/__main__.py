"""python -m sourcebook."""

from .cli import run_alone

run_alone()
