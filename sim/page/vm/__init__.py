"""What runs in the page's MicroPython beside firmware and simulator: stand-ins for what only a laptop has."""
