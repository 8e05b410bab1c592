"""The pages that explain the chosen step."""
