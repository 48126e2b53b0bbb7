"""What `instep bench` measures: a module for each kind of figure, each with a `measure` that yields them."""
