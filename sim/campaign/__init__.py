"""A campaign: every fault in every phase of a session, and runs in which nothing may trip."""
