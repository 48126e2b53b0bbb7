"""The live view of a session in a terminal; `sim.live.app.run_live` opens it."""
