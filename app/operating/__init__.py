"""What an operator does with a store, and asks of a machine, from the command line."""
