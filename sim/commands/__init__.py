"""One module per subcommand of `instep` that starts the simulator: options and checks; the work is done elsewhere."""
