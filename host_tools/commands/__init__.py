"""One module per subcommand of `instep`: options and checks only; the work is done elsewhere."""
