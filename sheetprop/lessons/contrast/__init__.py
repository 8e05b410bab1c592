"""The sheet on which a mistake runs beside the right calculation."""
