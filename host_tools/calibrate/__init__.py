"""Measure a newly built machine: what its board file has to say of it."""
