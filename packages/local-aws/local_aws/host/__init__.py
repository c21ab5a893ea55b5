"""This machine: child processes, the environment they see, and the state of the parts."""
