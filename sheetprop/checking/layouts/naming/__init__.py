"""Which mistake of arrays made a formula that is not the right one."""
