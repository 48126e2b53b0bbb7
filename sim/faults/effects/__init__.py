"""The effects of faults on the simulated machine: a module per part of the machine, a class per effect."""
