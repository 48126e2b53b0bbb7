"""A campaign: every fault in every phase of a session, and as many runs in which nothing may trip."""
