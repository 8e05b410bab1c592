"""More than one machine: results in a database, files at addresses, checks on a cluster."""
