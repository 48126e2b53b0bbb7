"""A campaign: every fault in every phase of a session, and as many sessions in which nothing may trip."""
