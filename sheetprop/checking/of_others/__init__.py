"""Tables in rows that only others make: layers of neurons alone, schedules of learning rates."""
