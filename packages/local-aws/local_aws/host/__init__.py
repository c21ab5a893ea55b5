"""This machine: child processes, their environment variables, and the state of the parts."""
