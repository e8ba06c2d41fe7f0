"""The commands: one file each, found by listing this folder.

A file's name is the command's, the first line of its docstring the help. `add_options(parser)` declares the options,
`run(args)` does the work and answers the exit code: 0 clean, 1 findings, 2 misuse (as UsageError).
"""
