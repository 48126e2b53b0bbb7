"""The live view of a session in a terminal; `host_tools.view.app.run_live` opens it."""
