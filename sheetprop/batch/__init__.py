"""Many workbooks checked in one call: what is read, what is written where, and the results."""
